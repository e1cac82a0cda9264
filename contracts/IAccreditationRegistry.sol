// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Who vouches for whom: scoped, time-bound permissions to issue
/// @notice Any account is an accreditor and writes its own list only; verifiers choose the accreditors they trust.
/// @dev Lists are append-only and gap-free, and nobody else can add to them, so that a reader who asks about a trusted
/// accreditor can never be flooded. A record holds at a time t if `validFrom <= t`, `t < validUntil` (or `validUntil` is 0)
/// and `t < withdrawnAt` (or `withdrawnAt` is 0). Verifiers evaluate it at the block time of an anchor, so that an issuer that
/// later loses its accreditation leaves honest credentials valid. `recordedAt` shows a record that was written after the fact.
interface IAccreditationRegistry {
    /// @notice What an accreditor states about an account.
    /// @param subject account that is accredited
    /// @param validFrom first second at which the accreditation holds; 0 for "since ever"
    /// @param validUntil first second at which it holds no more; 0 for an open end
    /// @param maySubaccredit whether the subject may accredit others within this scope
    /// @param profileHash hash of the subject's profile document; 0 for none
    /// @param scope what the subject may issue, in the accreditor's words or as a URI; empty for anything
    /// @param name name of the subject
    /// @param did DID of the subject; may be empty
    struct Statement {
        address subject;
        uint40 validFrom;
        uint40 validUntil;
        bool maySubaccredit;
        bytes32 profileHash;
        string scope;
        string name;
        string did;
    }

    /// @notice A statement on record.
    /// @param index position in the accreditor's list, from 0
    /// @param recordedAt block time at which it was written, seconds
    /// @param withdrawnAt block time from which on the accreditor no longer stands by it, seconds; 0 while it does
    /// @param statement what the accreditor stated
    struct Accreditation {
        uint256 index;
        uint40 recordedAt;
        uint40 withdrawnAt;
        Statement statement;
    }

    /// @notice An edge of the graph of trust to look up.
    struct Link {
        address accreditor;
        address subject;
    }

    /// @notice An accreditor added a record to its list.
    event Accredited(address indexed accreditor, address indexed subject, uint256 index);

    /// @notice An accreditor no longer stands by a record.
    event AccreditationWithdrawn(
        address indexed accreditor,
        address indexed subject,
        uint256 index
    );

    /// @notice Nobody can accredit the zero address or itself.
    error InvalidSubject(address subject);

    /// @notice The period ends before it begins, or is empty.
    error InvertedPeriod(uint40 validFrom, uint40 validUntil);

    /// @notice An accredited account needs a name that can be shown.
    error EmptyName();

    /// @notice Scope, name or DID is longer than `MAX_TEXT_LENGTH` bytes.
    error TextTooLong(uint256 length, uint256 maximum);

    /// @notice The accreditor's list has only `count` records.
    error UnknownAccreditation(address accreditor, uint256 index, uint256 count);

    /// @notice Most bytes of a scope, a name or a DID.
    function MAX_TEXT_LENGTH() external view returns (uint256);

    /// @notice Adds a record to the caller's list.
    /// @return index position of the record in the list
    function accredit(Statement calldata statement) external returns (uint256 index);

    /// @notice Withdraws a record of the caller from now on. Idempotent: the first time stands, and only it emits an event.
    function withdraw(uint256 index) external;

    /// @notice Number of records in an accreditor's list, withdrawn ones included.
    function accreditationCount(address accreditor) external view returns (uint256 count);

    /// @notice One record of an accreditor; reverts with `UnknownAccreditation` if there is none.
    function accreditationAt(
        address accreditor,
        uint256 index
    ) external view returns (Accreditation memory accreditation);

    /// @notice A page of an accreditor's whole list, oldest first.
    /// @param first position to begin at; a page past the end is short or empty
    /// @param count most records to return
    function accreditations(
        address accreditor,
        uint256 first,
        uint256 count
    ) external view returns (Accreditation[] memory page);

    /// @notice A page of what one accreditor says about one subject, oldest first.
    /// @param first how many of these records to pass over
    /// @param count most records to return
    function accreditationsOf(
        address accreditor,
        address subject,
        uint256 first,
        uint256 count
    ) external view returns (Accreditation[] memory page);

    /// @notice What each link's accreditor says about its subject, oldest first: a trust path, or several accreditors
    /// and one issuer, in one call.
    /// @param count most records to return for each link
    function accreditationsAlong(
        Link[] calldata links,
        uint256 count
    ) external view returns (Accreditation[][] memory pages);

    /// @notice A page of the records with which an accreditor passed its right on, oldest first: where a verifier looks for
    /// a path from an accreditor it trusts.
    function subaccreditations(
        address accreditor,
        uint256 first,
        uint256 count
    ) external view returns (Accreditation[] memory page);
}
