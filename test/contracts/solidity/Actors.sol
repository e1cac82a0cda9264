// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICredentialRegistry} from "../../../contracts/ICredentialRegistry.sol";
import {vm} from "./Vm.sol";

/// @dev Issuers, operators and strangers who do anything to one registry in any order. After every call it is compared
/// what changed for every issuer with what the caller was allowed to change.
contract Actors {
    uint256 public constant ISSUERS = 3;
    uint256 public constant ROOTS = 4;
    uint256 public constant WORDS = 3;

    ICredentialRegistry public immutable registry;

    /// @dev What was seen in breach of a rule; empty while nothing was.
    string public breach;

    /// @dev Calls that went through, by the rule they exercise: a run in which all are refused proves nothing.
    mapping(string what => uint256 count) public done;

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

    function anchor(uint256 actor, uint256 root, uint32 size) external watched(actorAt(actor)) {
        try registry.anchor(rootAt(root), _sizeOf(size)) {
            _count("anchor");
        } catch {}
    }

    function anchorFor(
        uint256 actor,
        uint256 issuer,
        uint256 root,
        uint32 size
    ) external watched(actorAt(actor)) {
        try registry.anchorFor(issuerAt(issuer), rootAt(root), _sizeOf(size)) {
            _count("anchorFor");
        } catch {}
    }

    function anchorMany(
        uint256 actor,
        uint256 issuer,
        uint256 root,
        uint32 size
    ) external watched(actorAt(actor)) {
        ICredentialRegistry.Batch[] memory batches = new ICredentialRegistry.Batch[](3);
        for (uint256 i = 0; i < 3; ++i) {
            batches[i] = ICredentialRegistry.Batch(rootAt((root % ROOTS) + i / 2), _sizeOf(size));
        }
        try registry.anchorMany(issuerAt(issuer), batches) {
            _count("anchorMany");
        } catch {}
    }

    function setOperator(
        uint256 actor,
        uint256 operator,
        uint8 roles,
        uint16 duration
    ) external watched(actorAt(actor)) {
        uint40 expiry = uint40(block.timestamp + duration);
        try registry.setOperator(actorAt(operator), roles % 5, expiry) {
            _count("setOperator");
        } catch {}
    }

    function revokeInBatch(
        uint256 actor,
        uint256 root,
        uint256 statusIndex
    ) external watched(actorAt(actor)) {
        try registry.revokeInBatch(rootAt(root), statusIndex % 800) {
            _count("revoke");
        } catch {}
    }

    function revoke(
        uint256 actor,
        uint256 issuer,
        uint256 root,
        uint256 firstWord,
        uint256 word
    ) external watched(actorAt(actor)) {
        (uint256 first, uint256[] memory words) = _words(firstWord, word);
        try registry.revoke(issuerAt(issuer), rootAt(root), first, words) {
            _count("revoke");
        } catch {}
    }

    function suspend(
        uint256 actor,
        uint256 issuer,
        uint256 root,
        uint256 firstWord,
        uint256 word
    ) external watched(actorAt(actor)) {
        (uint256 first, uint256[] memory words) = _words(firstWord, word);
        try registry.suspend(issuerAt(issuer), rootAt(root), first, words) {
            _count("suspend");
        } catch {}
    }

    function reinstate(
        uint256 actor,
        uint256 issuer,
        uint256 root,
        uint256 firstWord,
        uint256 word
    ) external watched(actorAt(actor)) {
        (uint256 first, uint256[] memory words) = _words(firstWord, word);
        try registry.reinstate(issuerAt(issuer), rootAt(root), first, words) {
            _count("reinstate");
        } catch {}
    }

    function withdraw(
        uint256 actor,
        uint256 issuer,
        uint256 root
    ) external watched(actorAt(actor)) {
        // Rarely, or every batch would soon be withdrawn.
        if (root % 8 >= ROOTS) return;
        try registry.withdraw(issuerAt(issuer), rootAt(root)) {
            _count("withdraw");
        } catch {}
    }

    function wait(uint16 duration) external {
        vm.warp(block.timestamp + duration);
    }

    /// @dev The issuers come first; then accounts that become operators or stay strangers.
    function actorAt(uint256 seed) public pure returns (address) {
        return address(uint160(0xa0000 + (seed % (ISSUERS + 3))));
    }

    function issuerAt(uint256 seed) public pure returns (address) {
        return actorAt(seed % ISSUERS);
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

    function _count(string memory what) private {
        ++done[what];
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
        for (uint256 a = 0; a < ISSUERS + 3; ++a) {
            (uint8 roles, uint40 expiry) = registry.operatorOf(issuer, actorAt(a));
            prints.operators = keccak256(abi.encode(prints.operators, roles, expiry));
        }
    }

    /// @dev Small batches, batches that end within a word or at its end, and now and then an empty one.
    function _sizeOf(uint32 seed) private pure returns (uint32) {
        uint32[8] memory sizes = [uint32(0), 1, 30, 111, 112, 256, 300, 768];
        return sizes[seed % 8];
    }

    function _words(
        uint256 firstWord,
        uint256 word
    ) private pure returns (uint256 first, uint256[] memory words) {
        first = firstWord % (WORDS + 1);
        words = new uint256[](1 + (word % 2));
        // Low bits only most of the time, so that small batches are reached too.
        for (uint256 i = 0; i < words.length; ++i) words[i] = word >> (word % 3 == 0 ? 0 : 230);
    }
}
