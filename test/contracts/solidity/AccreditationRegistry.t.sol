// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccreditationRegistry} from "../../../contracts/AccreditationRegistry.sol";
import {IAccreditationRegistry} from "../../../contracts/IAccreditationRegistry.sol";
import {vm} from "./Vm.sol";

contract AccreditationRegistryTest {
    AccreditationRegistry private _registry;

    function setUp() public {
        _registry = new AccreditationRegistry();
    }

    function testFuzz_recordIsKeptAsStated(
        IAccreditationRegistry.Statement memory statement
    ) public {
        _makeSound(statement);
        require(_registry.accredit(statement) == 0, "index");
        IAccreditationRegistry.Accreditation memory found = _registry.accreditationAt(
            address(this),
            0
        );
        require(found.index == 0 && found.withdrawnAt == 0, "index or withdrawnAt");
        require(found.recordedAt == block.timestamp, "recordedAt");
        require(
            keccak256(abi.encode(found.statement)) == keccak256(abi.encode(statement)),
            "statement"
        );
    }

    function testFuzz_emptyPeriodIsRefused(uint40 from, uint40 until) public {
        IAccreditationRegistry.Statement memory statement;
        _makeSound(statement);
        (statement.validFrom, statement.validUntil) = (from, until);
        if (until != 0 && until <= from) {
            vm.expectRevert(
                abi.encodeWithSelector(IAccreditationRegistry.InvertedPeriod.selector, from, until)
            );
        }
        _registry.accredit(statement);
    }

    function testFuzz_longTextIsRefused(uint16 length, uint8 which) public {
        IAccreditationRegistry.Statement memory statement;
        _makeSound(statement);
        length = (length % 600) + 1;
        string memory text = string(new bytes(length));
        if (which % 3 == 0) statement.scope = text;
        if (which % 3 == 1) statement.name = text;
        if (which % 3 == 2) statement.did = text;
        if (length > 256) {
            vm.expectRevert(
                abi.encodeWithSelector(IAccreditationRegistry.TextTooLong.selector, length, 256)
            );
        }
        _registry.accredit(statement);
    }

    /// @dev Pages put together are the whole list, however they are cut.
    function testFuzz_pages(uint8 total, uint8 pageSize, uint8 subjects) public {
        total %= 12;
        pageSize = (pageSize % 5) + 1;
        subjects = (subjects % 3) + 1;
        IAccreditationRegistry.Statement memory statement;
        _makeSound(statement);
        for (uint160 i = 0; i < total; ++i) {
            statement.subject = address(0xb0 + (i % subjects));
            statement.maySubaccredit = i % 2 == 0;
            _registry.accredit(statement);
        }
        uint256 seen;
        for (uint256 first = 0; first <= total; first += pageSize) {
            IAccreditationRegistry.Accreditation[] memory page = _registry.accreditations(
                address(this),
                first,
                pageSize
            );
            for (uint256 i = 0; i < page.length; ++i) require(page[i].index == seen++, "order");
        }
        require(seen == total && seen == _registry.accreditationCount(address(this)), "total");
        uint256 passedOn = _registry.subaccreditations(address(this), 0, 99).length;
        require(passedOn == (uint256(total) + 1) / 2, "subaccreditations");
        uint256 ofSubjects;
        for (uint160 s = 0; s < subjects; ++s) {
            ofSubjects += _registry
                .accreditationsOf(address(this), address(0xb0 + s), 0, type(uint256).max)
                .length;
        }
        require(ofSubjects == total, "by subject");
    }

    function testFuzz_nobodyElseWithdraws(address stranger) public {
        vm.assume(stranger != address(this));
        IAccreditationRegistry.Statement memory statement;
        _makeSound(statement);
        _registry.accredit(statement);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccreditationRegistry.UnknownAccreditation.selector,
                stranger,
                0,
                0
            )
        );
        vm.prank(stranger);
        _registry.withdraw(0);
        require(_registry.accreditationAt(address(this), 0).withdrawnAt == 0, "withdrawn");
    }

    function _makeSound(IAccreditationRegistry.Statement memory statement) private view {
        if (statement.subject == address(0) || statement.subject == address(this)) {
            statement.subject = address(0xb0);
        }
        if (statement.validUntil <= statement.validFrom) statement.validUntil = 0;
        if (bytes(statement.name).length == 0) statement.name = "Example University";
        statement.scope = _short(statement.scope);
        statement.name = _short(statement.name);
        statement.did = _short(statement.did);
    }

    function _short(string memory text) private pure returns (string memory) {
        return bytes(text).length > 256 ? "cut" : text;
    }
}
