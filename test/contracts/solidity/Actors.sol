// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICredentialRegistry} from "../../../contracts/ICredentialRegistry.sol";
import {vm} from "./Vm.sol";

/// @dev Issuers, operators and strangers who do anything to one registry in any order. After every call it is compared
/// what changed for every issuer with what the caller was allowed to change.
contract Actors {
    uint256 public constant ISSUERS = 2;
    uint256 public constant ACTORS = 4;
    uint256 public constant ROOTS = 3;
    uint256 public constant WORDS = 3;

    ICredentialRegistry public immutable registry;

    /// @dev What was seen in breach of a rule; empty while nothing was.
    string public breach;

    mapping(address issuer => mapping(bytes32 root => uint256[WORDS])) private _everRevoked;
    mapping(address issuer => mapping(bytes32 root => uint256)) private _everWithdrawn;
    mapping(address issuer => mapping(bytes32 root => bytes32)) private _firstAnchor;

    struct Prints {
        bytes32 anchors;
        bytes32 statuses;
        bytes32 operators;
    }

    constructor(ICredentialRegistry registry_) {
        registry = registry_;
    }

    modifier watched(address actor) {
        Prints[ISSUERS] memory before;
        bool[ISSUERS] memory mayAnchor;
        bool[ISSUERS] memory mayRevoke;
        for (uint256 i = 0; i < ISSUERS; ++i) {
            before[i] = _prints(issuerAt(i));
            mayAnchor[i] = _may(issuerAt(i), actor, 1);
            mayRevoke[i] = _may(issuerAt(i), actor, 2);
        }
        vm.prank(actor);
        _;
        for (uint256 i = 0; i < ISSUERS; ++i) {
            Prints memory next = _prints(issuerAt(i));
            if (next.anchors != before[i].anchors && !mayAnchor[i]) breach = "anchored";
            if (next.statuses != before[i].statuses && !mayRevoke[i]) breach = "changed a status";
            if (next.operators != before[i].operators && issuerAt(i) != actor) {
                breach = "set an operator";
            }
            for (uint256 r = 0; r < ROOTS; ++r) _remember(issuerAt(i), rootAt(r));
        }
    }

    function anchor(
        uint256 actor,
        uint256 root,
        uint32 size
    ) external watched(actorAt(_mix(actor))) {
        try registry.anchor(rootAt(_mix(root)), _sizeOf(size)) {} catch {}
    }

    function anchorFor(
        uint256 actor,
        uint256 issuer,
        uint256 root,
        uint32 size
    ) external watched(actorAt(_mix(actor))) {
        try
            registry.anchorFor(issuerFor(actor, issuer), rootAt(_mix(root)), _sizeOf(size))
        {} catch {}
    }

    function anchorMany(
        uint256 actor,
        uint256 issuer,
        uint256 root,
        uint32 size
    ) external watched(actorAt(_mix(actor))) {
        ICredentialRegistry.Batch[] memory batches = new ICredentialRegistry.Batch[](3);
        for (uint256 i = 0; i < 3; ++i) {
            batches[i] = ICredentialRegistry.Batch(
                rootAt((_mix(root) % ROOTS) + i / 2),
                _sizeOf(size)
            );
        }
        try registry.anchorMany(issuerFor(actor, issuer), batches) {} catch {}
    }

    function setOperator(
        uint256 actor,
        uint256 operator,
        uint8 roles,
        uint16 duration
    ) external watched(actorAt(_mix(actor))) {
        uint40 expiry = uint40(block.timestamp + (_mix(duration) % 1 days));
        try
            registry.setOperator(actorAt(_mix(operator)), uint8(_mix(roles) % 5), expiry)
        {} catch {}
    }

    function revokeInBatch(
        uint256 actor,
        uint256 root,
        uint256 statusIndex
    ) external watched(actorAt(_mix(actor))) {
        try registry.revokeInBatch(rootAt(_mix(root)), _mix(statusIndex) % 800) {} catch {}
    }

    function revoke(
        uint256 actor,
        uint256 issuer,
        uint256 root,
        uint256 firstWord,
        uint256 word
    ) external watched(actorAt(_mix(actor))) {
        (uint256 first, uint256[] memory words) = _words(firstWord, word);
        try registry.revoke(issuerFor(actor, issuer), rootAt(_mix(root)), first, words) {} catch {}
    }

    function suspend(
        uint256 actor,
        uint256 issuer,
        uint256 root,
        uint256 firstWord,
        uint256 word
    ) external watched(actorAt(_mix(actor))) {
        (uint256 first, uint256[] memory words) = _words(firstWord, word);
        try registry.suspend(issuerFor(actor, issuer), rootAt(_mix(root)), first, words) {} catch {}
    }

    function reinstate(
        uint256 actor,
        uint256 issuer,
        uint256 root,
        uint256 firstWord,
        uint256 word
    ) external watched(actorAt(_mix(actor))) {
        (uint256 first, uint256[] memory words) = _words(firstWord, word);
        try
            registry.reinstate(issuerFor(actor, issuer), rootAt(_mix(root)), first, words)
        {} catch {}
    }

    function withdraw(
        uint256 actor,
        uint256 issuer,
        uint256 root
    ) external watched(actorAt(_mix(actor))) {
        try registry.withdraw(issuerFor(actor, issuer), rootAt(_mix(root))) {} catch {}
    }

    function wait(uint16 duration) external {
        vm.warp(block.timestamp + (_mix(duration) % 1 hours));
    }

    /// @dev The issuers come first; then accounts that become operators or stay strangers.
    function actorAt(uint256 seed) public pure returns (address) {
        return address(uint160(0xa0000 + (seed % ACTORS)));
    }

    function issuerAt(uint256 seed) public pure returns (address) {
        return actorAt(seed % ISSUERS);
    }

    /// @dev Half of the time an issuer acts for itself, so that much goes through.
    function issuerFor(uint256 actor, uint256 seed) public pure returns (address) {
        (actor, seed) = (_mix(actor), _mix(seed) >> 8);
        return actor % ACTORS < ISSUERS && seed % 4 < 2 ? actorAt(actor) : issuerAt(seed >> 8);
    }

    function rootAt(uint256 seed) public pure returns (bytes32) {
        return keccak256(abi.encode("root", seed % ROOTS));
    }

    function revokedSince(
        address issuer,
        bytes32 root
    ) external view returns (uint256[WORDS] memory) {
        return _everRevoked[issuer][root];
    }

    function withdrawnSince(address issuer, bytes32 root) external view returns (uint256) {
        return _everWithdrawn[issuer][root];
    }

    function firstAnchor(address issuer, bytes32 root) external view returns (bytes32) {
        return _firstAnchor[issuer][root];
    }

    function fixedPart(ICredentialRegistry.Anchor memory found) public pure returns (bytes32) {
        return keccak256(abi.encode(found.anchoredAt, found.sequence, found.size));
    }

    function _remember(address issuer, bytes32 root) private {
        ICredentialRegistry.Anchor memory found = registry.anchorOf(issuer, root);
        if (found.anchoredAt == 0) return;
        if (_firstAnchor[issuer][root] == 0) _firstAnchor[issuer][root] = fixedPart(found);
        if (_everWithdrawn[issuer][root] == 0) _everWithdrawn[issuer][root] = found.withdrawnAt;
        uint256[] memory words = registry.revocations(issuer, root, 0, WORDS);
        for (uint256 w = 0; w < WORDS; ++w) _everRevoked[issuer][root][w] |= words[w];
    }

    /// @dev The fuzzer likes round numbers; this spreads them.
    function _mix(uint256 seed) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed)));
    }

    function _may(address issuer, address actor, uint8 role) private view returns (bool) {
        if (issuer == actor) return true;
        (uint8 roles, uint40 expiry) = registry.operatorOf(issuer, actor);
        return roles & role != 0 && block.timestamp < expiry;
    }

    function _prints(address issuer) private view returns (Prints memory prints) {
        prints.anchors = bytes32(uint256(registry.anchorCount(issuer)));
        for (uint256 r = 0; r < ROOTS; ++r) {
            bytes32 root = rootAt(r);
            ICredentialRegistry.Anchor memory found = registry.anchorOf(issuer, root);
            prints.anchors = keccak256(abi.encode(prints.anchors, fixedPart(found)));
            prints.statuses = keccak256(
                abi.encode(
                    prints.statuses,
                    found.withdrawnAt,
                    registry.revocations(issuer, root, 0, WORDS),
                    registry.suspensions(issuer, root, 0, WORDS)
                )
            );
        }
        for (uint256 a = 0; a < ACTORS; ++a) {
            (uint8 roles, uint40 expiry) = registry.operatorOf(issuer, actorAt(a));
            prints.operators = keccak256(abi.encode(prints.operators, roles, expiry));
        }
    }

    /// @dev Small batches, batches that end within a word or at its end, and now and then an empty one.
    function _sizeOf(uint32 seed) private pure returns (uint32) {
        uint32[8] memory sizes = [uint32(0), 30, 111, 112, 256, 300, 600, 768];
        return sizes[_mix(seed) % 8];
    }

    function _words(
        uint256 firstWord,
        uint256 word
    ) private pure returns (uint256 first, uint256[] memory words) {
        // The first word and low bits most of the time, so that they meet: in small batches too, and more than once.
        (first, word) = (_mix(firstWord) % 8, _mix(word));
        if (first > WORDS) first = 0;
        words = new uint256[](word % 8 == 0 ? 2 : 1);
        for (uint256 i = 0; i < words.length; ++i) words[i] = word >> (word % 3 == 0 ? 0 : 240);
    }
}
