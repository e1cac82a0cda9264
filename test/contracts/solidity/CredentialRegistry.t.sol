// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CredentialRegistry} from "../../../contracts/CredentialRegistry.sol";
import {ICredentialRegistry} from "../../../contracts/ICredentialRegistry.sol";
import {vm} from "./Vm.sol";

contract CredentialRegistryTest {
    CredentialRegistry private _registry;

    function setUp() public {
        _registry = new CredentialRegistry();
    }

    function testFuzz_anchor(address issuer, bytes32 root, uint32 size) public {
        vm.assume(root != 0 && size != 0);
        vm.prank(issuer);
        require(_registry.anchor(root, size) == 1, "sequence");
        ICredentialRegistry.Anchor memory found = _registry.anchorOf(issuer, root);
        require(found.anchoredAt == block.timestamp, "anchoredAt");
        require(found.withdrawnAt == 0 && found.sequence == 1 && found.size == size, "anchor");
        require(_registry.anchorCount(issuer) == 1, "count");
    }

    function testFuzz_sameRootOfTwoIssuers(address one, address other, bytes32 root) public {
        vm.assume(root != 0 && one != other);
        vm.prank(one);
        _registry.anchor(root, 1);
        vm.prank(other);
        _registry.anchor(root, 2);
        require(_registry.anchorOf(one, root).size == 1, "one");
        require(_registry.anchorOf(other, root).size == 2, "other");
    }

    function testFuzz_revokeInBatchSetsOneBit(uint32 size, uint256 statusIndex) public {
        size = (size % 2000) + 1;
        statusIndex %= size;
        _registry.anchor("root", size);
        _registry.revokeInBatch("root", statusIndex);
        uint256[] memory words = _registry.revocations(address(this), "root", 0, 9);
        for (uint256 w = 0; w < 9; ++w) {
            uint256 expected = w == statusIndex >> 8 ? 1 << (statusIndex & 0xff) : 0;
            require(words[w] == expected, "word");
        }
    }

    function testFuzz_indexBeyondTheBatchIsRefused(uint32 size, uint256 statusIndex) public {
        vm.assume(size != 0 && statusIndex >= size);
        _registry.anchor("root", size);
        vm.expectRevert(
            abi.encodeWithSelector(
                ICredentialRegistry.StatusIndexOutOfRange.selector,
                statusIndex,
                size
            )
        );
        _registry.revokeInBatch("root", statusIndex);
    }

    /// @dev The same question asked bit by bit.
    function testFuzz_wordsBeyondTheBatchAreRefused(
        uint32 size,
        uint256 firstWord,
        uint256[3] memory given,
        uint8 count
    ) public {
        size = (size % 1000) + 1;
        firstWord = firstWord % 7 == 6 ? firstWord : firstWord % 7;
        uint256[] memory words = new uint256[](count % 4);
        bool fits = words.length != 0 && firstWord < 1000;
        for (uint256 i = 0; i < words.length; ++i) {
            words[i] = given[i] >> ((given[i] % 4) * 64);
            if (fits) fits = _fits(size, firstWord + i, words[i]);
        }
        // Words past the end are refused even if they are zero.
        if (fits) fits = (firstWord + words.length - 1) * 256 < size;
        _registry.anchor("root", size);
        if (!fits) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    ICredentialRegistry.WordsOutOfRange.selector,
                    firstWord,
                    words.length,
                    size
                )
            );
        }
        _registry.revoke(address(this), "root", firstWord, words);
        if (!fits) return;
        uint256[] memory stored = _registry.revocations(
            address(this),
            "root",
            firstWord,
            words.length
        );
        for (uint256 i = 0; i < words.length; ++i) require(stored[i] == words[i], "word");
    }

    function testFuzz_suspendAndReinstate(uint32 size, uint256 one, uint256 other) public {
        size = (size % 255) + 1;
        (one, other) = (one % (1 << size), other % (1 << size));
        _registry.anchor("root", size);
        uint256[] memory words = new uint256[](1);
        words[0] = one;
        _registry.suspend(address(this), "root", 0, words);
        require(_suspended() == one, "suspend");
        words[0] = other;
        _registry.reinstate(address(this), "root", 0, words);
        require(_suspended() == one & ~other, "reinstate");
        require(_registry.revocations(address(this), "root", 0, 1)[0] == 0, "revocations");
    }

    function testFuzz_verifyNeverReverts(
        address issuer,
        bytes32 digest,
        uint256 statusIndex,
        bytes32[] calldata siblings
    ) public view {
        (
            ICredentialRegistry.Standing standing,
            ,
            ICredentialRegistry.Anchor memory found
        ) = _registry.verify(issuer, digest, statusIndex, siblings);
        require(standing == ICredentialRegistry.Standing.Unknown, "standing");
        require(found.anchoredAt == 0, "anchor");
    }

    function testFuzz_indexIsBoundIntoTheLeaf(
        bytes32 digest,
        uint256 statusIndex,
        uint256 wrong,
        bytes32 sibling
    ) public {
        vm.assume(statusIndex % 2 != wrong % 2);
        bytes32[] memory siblings = new bytes32[](1);
        siblings[0] = sibling;
        (, bytes32 root, ) = _registry.verify(address(this), digest, statusIndex % 2, siblings);
        _registry.anchor(root, 2);
        require(_standing(digest, statusIndex % 2, siblings) == 1, "right index");
        require(_standing(digest, wrong % 2, siblings) == 0, "wrong index");
    }

    function testFuzz_operator(uint8 roles, uint40 expiry, uint40 time, bytes32 root) public {
        (address issuer, address operator) = (address(0xa1), address(0xa2));
        roles = (roles % 3) + 1;
        vm.assume(expiry > block.timestamp && time >= block.timestamp && root != 0);
        vm.prank(issuer);
        _registry.setOperator(operator, roles, expiry);
        vm.warp(time);
        if (roles & 1 == 0) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    ICredentialRegistry.NotAuthorized.selector,
                    issuer,
                    operator,
                    1
                )
            );
        } else if (time >= expiry) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    ICredentialRegistry.OperatorExpired.selector,
                    issuer,
                    operator,
                    expiry
                )
            );
        }
        vm.prank(operator);
        _registry.anchorFor(issuer, root, 1);
    }

    function testFuzz_signature(
        uint256 key,
        bytes32 root,
        uint32 size,
        uint256 deadline,
        bytes32 otherRoot
    ) public {
        key = (key % (type(uint256).max >> 1)) + 1;
        vm.assume(root != 0 && size != 0 && otherRoot != 0 && otherRoot != root);
        vm.assume(deadline >= block.timestamp);
        address issuer = vm.addr(key);
        bytes32 hash = _registry.hashAnchor(issuer, root, size, deadline);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, hash);
        bytes memory signature = abi.encodePacked(r, s, v);
        vm.expectRevert(
            abi.encodeWithSelector(ICredentialRegistry.InvalidSignature.selector, issuer)
        );
        _registry.anchorBySig(issuer, otherRoot, size, deadline, signature);
        require(_registry.anchorBySig(issuer, root, size, deadline, signature) == 1, "sequence");
    }

    function testFuzz_nobodyElseTouchesABatch(address stranger, uint256 statusIndex) public {
        vm.assume(stranger != address(this));
        _registry.anchor("root", 300);
        vm.expectRevert(
            abi.encodeWithSelector(
                ICredentialRegistry.NotAuthorized.selector,
                address(this),
                stranger,
                2
            )
        );
        vm.prank(stranger);
        _registry.withdraw(address(this), "root");
        vm.expectRevert(
            abi.encodeWithSelector(
                ICredentialRegistry.UnknownBatch.selector,
                stranger,
                bytes32("root")
            )
        );
        vm.prank(stranger);
        _registry.revokeInBatch("root", statusIndex);
    }

    function _suspended() private view returns (uint256) {
        return _registry.suspensions(address(this), "root", 0, 1)[0];
    }

    function _standing(
        bytes32 digest,
        uint256 statusIndex,
        bytes32[] memory siblings
    ) private view returns (uint256) {
        (ICredentialRegistry.Standing standing, , ) = _registry.verify(
            address(this),
            digest,
            statusIndex,
            siblings
        );
        return uint256(standing);
    }

    function _fits(uint256 size, uint256 word, uint256 mask) private pure returns (bool) {
        for (uint256 i = 0; i < 256; ++i) {
            if (mask & (1 << i) != 0 && word * 256 + i >= size) return false;
        }
        return true;
    }
}
