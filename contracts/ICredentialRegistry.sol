// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Anchors of credential batches and the standing of every credential in them
/// @notice Anyone may anchor; what an anchor is worth is the verifier's policy. Immutable: no owner, no proxy.
/// @dev Anchors are keyed by (issuer, root), so nobody can squat on another issuer's root or get there first. State alone
/// answers every question about a credential; events say when its status changed, and name the anchor by its id,
/// `keccak256(abi.encode(issuer, root))`.
///
/// Who may write for an issuer: the issuer's account, an operator with the role while it has not expired, and, for
/// anchoring only, whoever brings a signature of the issuer. Removing an operator does not touch what it did before.
///
/// Status changes are idempotent: asking for what already holds succeeds, changes nothing and, where nothing at all
/// changed, emits nothing. Revoking and withdrawing are final; a suspension can be lifted.
interface ICredentialRegistry {
    /// @notice What the registry can say about one credential.
    /// @dev The most specific answer wins: a credential that was revoked is `Revoked` even if its whole batch was
    /// withdrawn (`Anchor.withdrawnAt` tells), and a suspended one in a withdrawn batch is `Withdrawn`.
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

    /// @notice A batch to anchor.
    /// @param root root of the batch tree
    /// @param size number of credentials in it
    struct Batch {
        bytes32 root;
        uint32 size;
    }

    /// @notice A credential to verify, as in `verify`.
    struct Claim {
        address issuer;
        bytes32 digest;
        uint256 statusIndex;
        bytes32[] siblings;
    }

    /// @notice The answer to a claim, as from `verify`.
    struct Verification {
        Standing standing;
        bytes32 root;
        Anchor anchor;
    }

    /// @notice An issuer anchored a batch.
    event Anchored(address indexed issuer, bytes32 indexed root, uint256 sequence, uint256 size);

    /// @notice One credential was revoked, for good.
    event Revoked(bytes32 indexed anchorId, uint256 statusIndex);

    /// @notice Credentials were revoked, for good. Words are as the caller gave them: some of their bits may have been set before.
    event RevokedMany(bytes32 indexed anchorId, uint256 firstWord, uint256[] words);

    /// @notice Credentials were suspended. Words are as the caller gave them: some of their bits may have been set before.
    event Suspended(bytes32 indexed anchorId, uint256 firstWord, uint256[] words);

    /// @notice Suspensions were lifted. Words are as the caller gave them: some of their bits may not have been set before.
    event Reinstated(bytes32 indexed anchorId, uint256 firstWord, uint256[] words);

    /// @notice A whole batch was withdrawn, for good.
    event BatchWithdrawn(bytes32 indexed anchorId);

    /// @notice An issuer gave an operator these roles until `expiry`, or none any more (`roles` 0).
    event OperatorSet(address indexed issuer, address indexed operator, uint8 roles, uint40 expiry);

    /// @notice The root of a batch is zero.
    error ZeroRoot();

    /// @notice A batch without credentials cannot be anchored.
    error EmptyBatch(bytes32 root);

    /// @notice The issuer anchored this root before, as its batch number `sequence`.
    error AlreadyAnchored(address issuer, bytes32 root, uint32 sequence);

    /// @notice The issuer never anchored this root.
    error UnknownBatch(address issuer, bytes32 root);

    /// @notice The batch has only `size` credentials.
    error StatusIndexOutOfRange(uint256 statusIndex, uint32 size);

    /// @notice There are no words, or they name a status index that is not below `size`.
    error WordsOutOfRange(uint256 firstWord, uint256 count, uint32 size);

    /// @notice The caller is neither the issuer nor an operator of it with this role (1 anchor, 2 revoke).
    error NotAuthorized(address issuer, address caller, uint8 role);

    /// @notice The operator had the role, but its time is over.
    error OperatorExpired(address issuer, address operator, uint40 expiry);

    /// @notice An issuer cannot make the zero address or itself its operator.
    error InvalidOperator(address operator);

    /// @notice Roles are 1 (anchor), 2 (revoke) or 3 (both); 0 removes the operator.
    error UnknownRoles(uint8 roles);

    /// @notice A role that has expired already cannot be given.
    error ExpiryInPast(uint40 expiry);

    /// @notice The signature could be used until `deadline`.
    error SignatureExpired(uint256 deadline);

    /// @notice The signature is not the issuer's, or not for this batch, deadline, registry and chain.
    error InvalidSignature(address issuer);

    /// @notice Anchors a batch of the caller.
    /// @param root root of the batch tree
    /// @param size number of credentials in it
    /// @return sequence the issuer's number of this anchor
    function anchor(bytes32 root, uint32 size) external returns (uint32 sequence);

    /// @notice Anchors a batch of `issuer`, called by the issuer or an operator that may anchor.
    function anchorFor(
        address issuer,
        bytes32 root,
        uint32 size
    ) external returns (uint32 sequence);

    /// @notice Anchors a batch of `issuer` with its EIP-712 signature; anyone may relay it.
    /// @dev Needs no nonce: a root is anchored once. The signature may come from a key (also of an account with code under
    /// EIP-7702) or from a contract (ERC-1271).
    /// @param deadline last block time, in seconds, at which the signature can be used
    /// @param signature over `hashAnchor(issuer, root, size, deadline)`
    function anchorBySig(
        address issuer,
        bytes32 root,
        uint32 size,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint32 sequence);

    /// @notice Anchors many batches of `issuer`, called by the issuer or an operator that may anchor.
    /// @dev A root that is anchored already is skipped, so that one entry that somebody else relayed first cannot stop the
    /// others. A zero root or an empty batch reverts the call.
    /// @return anchored number of batches that were anchored; they got consecutive sequence numbers in the order given
    function anchorMany(
        address issuer,
        Batch[] calldata batches
    ) external returns (uint32 anchored);

    /// @notice Lets `operator` act for the caller until `expiry`; replaces what was set before.
    /// @param roles sum of 1 (may anchor) and 2 (may revoke, suspend, reinstate and withdraw); 0 removes the operator
    /// @param expiry block time, in seconds, from which on the operator may do nothing more; ignored when `roles` is 0
    function setOperator(address operator, uint8 roles, uint40 expiry) external;

    /// @notice Revokes one credential of the caller, for good: the cheap short form of `revoke`.
    function revokeInBatch(bytes32 root, uint256 statusIndex) external;

    /// @notice Revokes credentials of one batch of `issuer`, for good; called by the issuer or an operator that may revoke.
    /// @dev A word that is 0 costs about 520 gas, another transaction from 26,000 up: one call may well span a gap of 50 words.
    /// @param firstWord status index divided by 256 at which `words` begin
    /// @param words bit i of word w stands for status index `(firstWord + w) * 256 + i`, as in `revocations`
    function revoke(
        address issuer,
        bytes32 root,
        uint256 firstWord,
        uint256[] calldata words
    ) external;

    /// @notice Suspends credentials of one batch of `issuer`; called by the issuer or an operator that may revoke.
    /// @param firstWord as in `revoke`
    /// @param words as in `revoke`
    function suspend(
        address issuer,
        bytes32 root,
        uint256 firstWord,
        uint256[] calldata words
    ) external;

    /// @notice Lifts suspensions in one batch of `issuer`; called by the issuer or an operator that may revoke.
    /// @dev What was revoked stays revoked.
    /// @param firstWord as in `revoke`
    /// @param words as in `revoke`
    function reinstate(
        address issuer,
        bytes32 root,
        uint256 firstWord,
        uint256[] calldata words
    ) external;

    /// @notice Withdraws a whole batch of `issuer`, for good; called by the issuer or an operator that may revoke.
    /// @dev The first time stands.
    function withdraw(address issuer, bytes32 root) external;

    /// @notice Says where a credential stands. Never reverts for a wrong proof: the answer is `Unknown` then.
    /// @dev The leaf is `keccak256(keccak256(abi.encode(digest, statusIndex)))`, the tree has sorted pairs (OpenZeppelin's
    /// standard tree). Leaf and root are computed here, so that an inner node cannot pose as a leaf nor an index be swapped.
    /// @param issuer account that is said to have anchored the batch
    /// @param digest salted digest of the credential
    /// @param statusIndex position of the credential in its batch
    /// @param siblings hashes from the leaf to the root
    /// @return standing `Unknown` if the issuer never anchored `root`, or if `statusIndex` is not below its size
    /// @return root what leaf and siblings lead to
    /// @return record the issuer's anchor of `root`, all zero if there is none
    function verify(
        address issuer,
        bytes32 digest,
        uint256 statusIndex,
        bytes32[] calldata siblings
    ) external view returns (Standing standing, bytes32 root, Anchor memory record);

    /// @notice Says where many credentials stand, each as `verify` does.
    function verifyMany(
        Claim[] calldata claims
    ) external view returns (Verification[] memory verifications);

    /// @notice The issuer's anchor of a root, all zero if there is none.
    function anchorOf(address issuer, bytes32 root) external view returns (Anchor memory record);

    /// @notice How many batches an issuer anchored: their sequence numbers are 1 … count, without gaps.
    function anchorCount(address issuer) external view returns (uint32 count);

    /// @notice What an issuer lets an operator do; all zero if nothing. Expired roles are given as they were set.
    function operatorOf(
        address issuer,
        address operator
    ) external view returns (uint8 roles, uint40 expiry);

    /// @notice Revoked credentials of a batch as words of 256: bit i of word w is status index `w * 256 + i`.
    /// @param firstWord first word to read
    /// @param count number of words to read; words beyond the batch are zero
    function revocations(
        address issuer,
        bytes32 root,
        uint256 firstWord,
        uint256 count
    ) external view returns (uint256[] memory words);

    /// @notice Suspended credentials of a batch, in the shape of `revocations`.
    function suspensions(
        address issuer,
        bytes32 root,
        uint256 firstWord,
        uint256 count
    ) external view returns (uint256[] memory words);

    /// @notice The EIP-712 hash that an issuer signs for `anchorBySig`.
    function hashAnchor(
        address issuer,
        bytes32 root,
        uint32 size,
        uint256 deadline
    ) external view returns (bytes32);
}
