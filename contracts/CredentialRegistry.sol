// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {AnchorSlot, AnchorSlots} from "./AnchorSlot.sol";
import {ICredentialRegistry} from "./ICredentialRegistry.sol";

/// @title Anchors of credential batches and the standing of every credential in them
contract CredentialRegistry is ICredentialRegistry, EIP712 {
    uint256 private constant _ANCHOR_ROLE = 1;
    uint256 private constant _REVOKE_ROLE = 2;

    bytes32 private constant _ANCHOR_TYPEHASH = keccak256(
        "Anchor(address issuer,bytes32 root,uint32 size,uint256 deadline)"
    );

    /// @dev A struct, so that a word that is read and written is looked up once.
    struct Word {
        uint256 bits;
    }

    struct Record {
        AnchorSlot slot;
        mapping(uint256 word => Word) revocations;
        mapping(uint256 word => Word) suspensions;
    }

    mapping(address issuer => mapping(bytes32 root => Record)) private _records;
    mapping(address issuer => uint256 count) private _counts;

    /// @dev Roles in the lowest byte, expiry above.
    mapping(address issuer => mapping(address operator => uint256 grant)) private _grants;

    constructor() EIP712("Rootmark CredentialRegistry", "1") {}

    /// @inheritdoc ICredentialRegistry
    function anchor(bytes32 root, uint32 size) external returns (uint32 sequence) {
        return _anchor(msg.sender, root, size);
    }

    /// @inheritdoc ICredentialRegistry
    function anchorFor(
        address issuer,
        bytes32 root,
        uint32 size
    ) external returns (uint32 sequence) {
        _authorize(issuer, _ANCHOR_ROLE);
        return _anchor(issuer, root, size);
    }

    /// @inheritdoc ICredentialRegistry
    function anchorBySig(
        address issuer,
        bytes32 root,
        uint32 size,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint32 sequence) {
        if (block.timestamp > deadline) revert SignatureExpired(deadline);
        if (!_isSignedBy(issuer, hashAnchor(issuer, root, size, deadline), signature)) {
            revert InvalidSignature(issuer);
        }
        return _anchor(issuer, root, size);
    }

    /// @inheritdoc ICredentialRegistry
    function anchorMany(
        address issuer,
        Batch[] calldata batches
    ) external returns (uint32 anchored) {
        _authorize(issuer, _ANCHOR_ROLE);
        mapping(bytes32 root => Record) storage records = _records[issuer];
        uint256 before = _counts[issuer];
        uint256 sequence = before;
        for (uint256 i = 0; i < batches.length; ++i) {
            Batch calldata batch = batches[i];
            (bytes32 root, uint256 size) = (batch.root, batch.size);
            if (root == 0) revert ZeroRoot();
            if (size == 0) revert EmptyBatch(root);
            Record storage record = records[root];
            if (record.slot.exists()) continue;
            unchecked {
                // As in `_anchor`.
                ++sequence;
            }
            record.slot = AnchorSlots.create(block.timestamp, sequence, size);
            emit Anchored(issuer, root, sequence, size);
        }
        if (sequence != before) _counts[issuer] = sequence;
        return uint32(sequence - before);
    }

    /// @inheritdoc ICredentialRegistry
    function setOperator(address operator, uint8 roles, uint40 expiry) external {
        if (operator == address(0) || operator == msg.sender) revert InvalidOperator(operator);
        if (roles > _ANCHOR_ROLE | _REVOKE_ROLE) revert UnknownRoles(roles);
        if (roles == 0) {
            delete _grants[msg.sender][operator];
            emit OperatorSet(msg.sender, operator, 0, 0);
        } else {
            if (expiry <= block.timestamp) revert ExpiryInPast(expiry);
            _grants[msg.sender][operator] = roles | (uint256(expiry) << 8);
            emit OperatorSet(msg.sender, operator, roles, expiry);
        }
    }

    /// @inheritdoc ICredentialRegistry
    function revokeInBatch(bytes32 root, uint256 statusIndex) external {
        Record storage record = _records[msg.sender][root];
        AnchorSlot slot = record.slot;
        if (statusIndex >= slot.size()) {
            if (!slot.exists()) revert UnknownBatch(msg.sender, root);
            revert StatusIndexOutOfRange(statusIndex, slot.size());
        }
        uint256 bit = 1 << (statusIndex & 0xff);
        if (slot.isSmall()) {
            if (slot.revocations() & bit != 0) return;
            record.slot = slot.withRevocations(bit);
        } else {
            Word storage word = record.revocations[statusIndex >> 8];
            uint256 bits = word.bits;
            if (bits & bit != 0) return;
            word.bits = bits | bit;
        }
        emit Revoked(_anchorId(msg.sender, root), statusIndex);
    }

    /// @inheritdoc ICredentialRegistry
    function revoke(
        address issuer,
        bytes32 root,
        uint256 firstWord,
        uint256[] calldata words
    ) external {
        (Record storage record, AnchorSlot slot) = _forStatus(issuer, root, firstWord, words);
        bool changed;
        if (slot.isSmall()) {
            // A small batch has one word only, and it is kept in the slot.
            AnchorSlot next = slot;
            for (uint256 i = 0; i < words.length; ++i) {
                next = next.withRevocations(_at(words, i));
            }
            changed = AnchorSlot.unwrap(next) != AnchorSlot.unwrap(slot);
            if (changed) record.slot = next;
        } else {
            changed = _set(record.revocations, firstWord, words);
        }
        if (changed) emit RevokedMany(_anchorId(issuer, root), firstWord, words);
    }

    /// @inheritdoc ICredentialRegistry
    function suspend(
        address issuer,
        bytes32 root,
        uint256 firstWord,
        uint256[] calldata words
    ) external {
        (Record storage record, AnchorSlot slot) = _forStatus(issuer, root, firstWord, words);
        if (!_set(record.suspensions, firstWord, words)) return;
        if (!slot.everSuspended()) record.slot = slot.withEverSuspended();
        emit Suspended(_anchorId(issuer, root), firstWord, words);
    }

    /// @inheritdoc ICredentialRegistry
    function reinstate(
        address issuer,
        bytes32 root,
        uint256 firstWord,
        uint256[] calldata words
    ) external {
        (Record storage record, ) = _forStatus(issuer, root, firstWord, words);
        if (_clear(record.suspensions, firstWord, words))
            emit Reinstated(_anchorId(issuer, root), firstWord, words);
    }

    /// @inheritdoc ICredentialRegistry
    function withdraw(address issuer, bytes32 root) external {
        _authorize(issuer, _REVOKE_ROLE);
        Record storage record = _records[issuer][root];
        AnchorSlot slot = record.slot;
        if (!slot.exists()) revert UnknownBatch(issuer, root);
        if (slot.withdrawnAt() != 0) return;
        record.slot = slot.withWithdrawnAt(block.timestamp);
        emit BatchWithdrawn(_anchorId(issuer, root));
    }

    /// @inheritdoc ICredentialRegistry
    function verify(
        address issuer,
        bytes32 digest,
        uint256 statusIndex,
        bytes32[] calldata siblings
    ) external view returns (Standing standing, bytes32 root, Anchor memory record) {
        AnchorSlot slot;
        (standing, root, slot) = _verify(issuer, digest, statusIndex, siblings);
        slot.copyTo(record);
    }

    /// @inheritdoc ICredentialRegistry
    function verifyMany(
        Claim[] calldata claims
    ) external view returns (Verification[] memory verifications) {
        verifications = new Verification[](claims.length);
        for (uint256 i = 0; i < claims.length; ++i) {
            Claim calldata claim = claims[i];
            Verification memory answer = verifications[i];
            AnchorSlot slot;
            (answer.standing, answer.root, slot) = _verify(
                claim.issuer,
                claim.digest,
                claim.statusIndex,
                claim.siblings
            );
            slot.copyTo(answer.anchor);
        }
    }

    /// @inheritdoc ICredentialRegistry
    function anchorOf(address issuer, bytes32 root) external view returns (Anchor memory record) {
        _records[issuer][root].slot.copyTo(record);
    }

    /// @inheritdoc ICredentialRegistry
    function anchorCount(address issuer) external view returns (uint32 count) {
        return uint32(_counts[issuer]);
    }

    /// @inheritdoc ICredentialRegistry
    function operatorOf(
        address issuer,
        address operator
    ) external view returns (uint8 roles, uint40 expiry) {
        uint256 grant = _grants[issuer][operator];
        return (uint8(grant), uint40(grant >> 8));
    }

    /// @inheritdoc ICredentialRegistry
    function revocations(
        address issuer,
        bytes32 root,
        uint256 firstWord,
        uint256 count
    ) external view returns (uint256[] memory words) {
        Record storage record = _records[issuer][root];
        AnchorSlot slot = record.slot;
        words = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) words[i] = _revocationsIn(record, slot, firstWord + i);
    }

    /// @inheritdoc ICredentialRegistry
    function suspensions(
        address issuer,
        bytes32 root,
        uint256 firstWord,
        uint256 count
    ) external view returns (uint256[] memory words) {
        Record storage record = _records[issuer][root];
        words = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) words[i] = record.suspensions[firstWord + i].bits;
    }

    /// @inheritdoc ICredentialRegistry
    function hashAnchor(
        address issuer,
        bytes32 root,
        uint32 size,
        uint256 deadline
    ) public view returns (bytes32) {
        return
            _hashTypedDataV4(keccak256(abi.encode(_ANCHOR_TYPEHASH, issuer, root, size, deadline)));
    }

    function _anchor(address issuer, bytes32 root, uint256 size) private returns (uint32) {
        if (root == 0) revert ZeroRoot();
        if (size == 0) revert EmptyBatch(root);
        Record storage record = _records[issuer][root];
        AnchorSlot slot = record.slot;
        if (slot.exists()) revert AlreadyAnchored(issuer, root, slot.sequence());
        uint256 sequence;
        unchecked {
            // Nobody pays for 2^32 anchors of one issuer, and they would harm that issuer only.
            sequence = ++_counts[issuer];
        }
        record.slot = AnchorSlots.create(block.timestamp, sequence, size);
        emit Anchored(issuer, root, sequence, size);
        return uint32(sequence);
    }

    function _set(
        mapping(uint256 => Word) storage stored,
        uint256 firstWord,
        uint256[] calldata words
    ) private returns (bool changed) {
        for (uint256 i = 0; i < words.length; ++i) {
            uint256 mask = _at(words, i);
            if (mask == 0) continue;
            Word storage word = _wordAt(stored, firstWord, i);
            uint256 bits = word.bits;
            uint256 next = bits | mask;
            if (next == bits) continue;
            word.bits = next;
            changed = true;
        }
    }

    function _clear(
        mapping(uint256 => Word) storage stored,
        uint256 firstWord,
        uint256[] calldata words
    ) private returns (bool changed) {
        for (uint256 i = 0; i < words.length; ++i) {
            uint256 mask = _at(words, i);
            if (mask == 0) continue;
            Word storage word = _wordAt(stored, firstWord, i);
            uint256 bits = word.bits;
            uint256 next = bits & ~mask;
            if (next == bits) continue;
            word.bits = next;
            changed = true;
        }
    }

    function _authorize(address issuer, uint256 role) private view {
        if (msg.sender == issuer) return;
        uint256 grant = _grants[issuer][msg.sender];
        if (grant & role == 0) revert NotAuthorized(issuer, msg.sender, uint8(role));
        if (block.timestamp >= grant >> 8)
            revert OperatorExpired(issuer, msg.sender, uint40(grant >> 8));
    }

    /// @dev The key is tried first: an account with delegated code (EIP-7702) still signs with its key.
    function _isSignedBy(
        address issuer,
        bytes32 hash,
        bytes calldata signature
    ) private view returns (bool) {
        (address signer, ECDSA.RecoverError err, ) = ECDSA.tryRecoverCalldata(hash, signature);
        if (err == ECDSA.RecoverError.NoError && signer == issuer) return true;
        return SignatureChecker.isValidERC1271SignatureNowCalldata(issuer, hash, signature);
    }

    /// @dev What every change of many statuses needs: a caller who may, a batch, and indexes within it.
    function _forStatus(
        address issuer,
        bytes32 root,
        uint256 firstWord,
        uint256[] calldata words
    ) private view returns (Record storage record, AnchorSlot slot) {
        _authorize(issuer, _REVOKE_ROLE);
        record = _records[issuer][root];
        slot = record.slot;
        if (!slot.exists()) revert UnknownBatch(issuer, root);
        uint256 size = slot.size();
        uint256 end = (size + 255) >> 8;
        unchecked {
            // Without any words this is the highest number, and refused.
            uint256 last = words.length - 1;
            if (
                last >= end ||
                firstWord >= end - last ||
                _at(words, last) >> (size - ((firstWord + last) << 8)) != 0
            ) revert WordsOutOfRange(firstWord, words.length, slot.size());
        }
    }

    function _verify(
        address issuer,
        bytes32 digest,
        uint256 statusIndex,
        bytes32[] calldata siblings
    ) private view returns (Standing, bytes32, AnchorSlot) {
        bytes32 inner = Hashes.efficientKeccak256(digest, bytes32(statusIndex));
        bytes32 leaf = keccak256(bytes.concat(inner));
        bytes32 root = MerkleProof.processProofCalldata(siblings, leaf);
        Record storage record = _records[issuer][root];
        AnchorSlot slot = record.slot;
        return (_standing(record, slot, statusIndex), root, slot);
    }

    function _standing(
        Record storage record,
        AnchorSlot slot,
        uint256 statusIndex
    ) private view returns (Standing) {
        // Without an anchor the size is zero.
        if (statusIndex >= slot.size()) return Standing.Unknown;
        uint256 word = statusIndex >> 8;
        uint256 bit = 1 << (statusIndex & 0xff);
        if (_revocationsIn(record, slot, word) & bit != 0) return Standing.Revoked;
        if (slot.withdrawnAt() != 0) return Standing.Withdrawn;
        if (slot.everSuspended() && record.suspensions[word].bits & bit != 0) {
            return Standing.Suspended;
        }
        return Standing.Active;
    }

    function _revocationsIn(
        Record storage record,
        AnchorSlot slot,
        uint256 word
    ) private view returns (uint256) {
        if (!slot.isSmall()) return record.revocations[word].bits;
        return word == 0 ? slot.revocations() : 0;
    }

    function _anchorId(address issuer, bytes32 root) private pure returns (bytes32) {
        return Hashes.efficientKeccak256(bytes32(uint256(uint160(issuer))), root);
    }

    /// @dev The caller sees to it that the sum is that of a word in a batch.
    function _wordAt(
        mapping(uint256 => Word) storage stored,
        uint256 firstWord,
        uint256 i
    ) private view returns (Word storage) {
        unchecked {
            return stored[firstWord + i];
        }
    }

    /// @dev `words[i]` without its bounds check; the caller sees to it that `i < words.length`.
    function _at(uint256[] calldata words, uint256 i) private pure returns (uint256 word) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            word := calldataload(add(words.offset, shl(5, i)))
        }
    }
}
