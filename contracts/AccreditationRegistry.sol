// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccreditationRegistry} from "./IAccreditationRegistry.sol";

/// @title Who vouches for whom: scoped, time-bound permissions to issue
contract AccreditationRegistry is IAccreditationRegistry {
    /// @inheritdoc IAccreditationRegistry
    uint256 public constant MAX_TEXT_LENGTH = 256;

    struct Record {
        uint40 recordedAt;
        uint40 withdrawnAt;
        Statement statement;
    }

    mapping(address accreditor => Record[]) private _records;
    mapping(address accreditor => mapping(address subject => uint256[] indexes)) private _bySubject;
    mapping(address accreditor => uint256[] indexes) private _subaccrediting;

    /// @inheritdoc IAccreditationRegistry
    function accredit(Statement calldata statement) external returns (uint256 index) {
        _requireSound(statement);
        Record[] storage records = _records[msg.sender];
        index = records.length;
        Record storage record = records.push();
        record.recordedAt = uint40(block.timestamp);
        record.statement = statement;
        _bySubject[msg.sender][statement.subject].push(index);
        if (statement.maySubaccredit) _subaccrediting[msg.sender].push(index);
        emit Accredited(msg.sender, statement.subject, index);
    }

    /// @inheritdoc IAccreditationRegistry
    function withdraw(uint256 index) external {
        Record storage record = _recordAt(msg.sender, index);
        if (record.withdrawnAt != 0) return;
        record.withdrawnAt = uint40(block.timestamp);
        emit AccreditationWithdrawn(msg.sender, record.statement.subject, index);
    }

    /// @inheritdoc IAccreditationRegistry
    function accreditationCount(address accreditor) external view returns (uint256 count) {
        return _records[accreditor].length;
    }

    /// @inheritdoc IAccreditationRegistry
    function accreditationAt(
        address accreditor,
        uint256 index
    ) external view returns (Accreditation memory accreditation) {
        return _accreditation(index, _recordAt(accreditor, index));
    }

    /// @inheritdoc IAccreditationRegistry
    function accreditations(
        address accreditor,
        uint256 first,
        uint256 count
    ) external view returns (Accreditation[] memory page) {
        Record[] storage records = _records[accreditor];
        page = new Accreditation[](_pageLength(records.length, first, count));
        for (uint256 i = 0; i < page.length; ++i) {
            page[i] = _accreditation(first + i, records[first + i]);
        }
    }

    /// @inheritdoc IAccreditationRegistry
    function accreditationsOf(
        address accreditor,
        address subject,
        uint256 first,
        uint256 count
    ) external view returns (Accreditation[] memory page) {
        return _page(accreditor, _bySubject[accreditor][subject], first, count);
    }

    /// @inheritdoc IAccreditationRegistry
    function accreditationsAlong(
        Link[] calldata links,
        uint256 count
    ) external view returns (Accreditation[][] memory pages) {
        pages = new Accreditation[][](links.length);
        for (uint256 i = 0; i < links.length; ++i) {
            (address accreditor, address subject) = (links[i].accreditor, links[i].subject);
            pages[i] = _page(accreditor, _bySubject[accreditor][subject], 0, count);
        }
    }

    /// @inheritdoc IAccreditationRegistry
    function subaccreditations(
        address accreditor,
        uint256 first,
        uint256 count
    ) external view returns (Accreditation[] memory page) {
        return _page(accreditor, _subaccrediting[accreditor], first, count);
    }

    function _page(
        address accreditor,
        uint256[] storage indexes,
        uint256 first,
        uint256 count
    ) private view returns (Accreditation[] memory page) {
        Record[] storage records = _records[accreditor];
        page = new Accreditation[](_pageLength(indexes.length, first, count));
        for (uint256 i = 0; i < page.length; ++i) {
            uint256 index = indexes[first + i];
            page[i] = _accreditation(index, records[index]);
        }
    }

    function _recordAt(address accreditor, uint256 index) private view returns (Record storage) {
        Record[] storage records = _records[accreditor];
        if (index >= records.length) revert UnknownAccreditation(accreditor, index, records.length);
        return records[index];
    }

    function _accreditation(
        uint256 index,
        Record storage record
    ) private view returns (Accreditation memory) {
        return
            Accreditation({
                index: index,
                recordedAt: record.recordedAt,
                withdrawnAt: record.withdrawnAt,
                statement: record.statement
            });
    }

    function _requireSound(Statement calldata statement) private view {
        address subject = statement.subject;
        if (subject == address(0) || subject == msg.sender) revert InvalidSubject(subject);
        (uint40 from, uint40 until) = (statement.validFrom, statement.validUntil);
        if (until != 0 && until <= from) revert InvertedPeriod(from, until);
        if (bytes(statement.name).length == 0) revert EmptyName();
        _requireShort(statement.scope);
        _requireShort(statement.name);
        _requireShort(statement.did);
    }

    function _requireShort(string calldata text) private pure {
        uint256 length = bytes(text).length;
        if (length > MAX_TEXT_LENGTH) revert TextTooLong(length, MAX_TEXT_LENGTH);
    }

    function _pageLength(
        uint256 total,
        uint256 first,
        uint256 count
    ) private pure returns (uint256) {
        if (first >= total) return 0;
        return count < total - first ? count : total - first;
    }
}
