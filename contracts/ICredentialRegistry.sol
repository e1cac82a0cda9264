// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Anchors of credential batches and the standing of every credential in them
/// @notice Anyone may anchor; what an anchor is worth is the verifier's policy. Immutable: no owner, no proxy.
interface ICredentialRegistry {
    /// @notice What the registry can say about one credential.
    enum Standing {
        Unknown,
        Active,
        Suspended,
        Revoked,
        Withdrawn
    }

    /// @notice An issuer's commitment to a root at a time.
    /// @param anchoredAt block time of the anchor, seconds; 0 where there is none
    /// @param withdrawnAt block time at which the whole batch was withdrawn, seconds; 0 while it is not
    /// @param sequence the issuer's gap-free number of this anchor, from 1
    /// @param size number of credentials; status indexes are 0 … size - 1
    struct Anchor {
        uint40 anchoredAt;
        uint40 withdrawnAt;
        uint32 sequence;
        uint32 size;
    }

    struct Batch {
        bytes32 root;
        uint32 size;
    }

    struct Claim {
        address issuer;
        bytes32 digest;
        uint256 statusIndex;
        bytes32[] siblings;
    }

    struct Verification {
        Standing standing;
        bytes32 root;
        Anchor anchor;
    }

    function verify(
        address issuer,
        bytes32 digest,
        uint256 statusIndex,
        bytes32[] calldata siblings
    ) external view returns (Standing standing, bytes32 root, Anchor memory anchor);
}
