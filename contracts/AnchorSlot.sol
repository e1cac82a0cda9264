// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICredentialRegistry} from "./ICredentialRegistry.sol";

/// @dev Everything about an anchor in one storage slot; zero where there is no anchor. From the lowest bit:
///
/// | bits | what                                                                                   |
/// | ---: | -------------------------------------------------------------------------------------- |
/// |   40 | time of the anchor                                                                     |
/// |   40 | time of the withdrawal, 0 while there is none                                          |
/// |   32 | sequence number                                                                        |
/// |   32 | size                                                                                   |
/// |    1 | whether any credential was ever suspended: if not, nobody has to look up suspensions   |
/// |  111 | revocations of a small batch (`isSmall`), which never pays for a second slot           |
type AnchorSlot is uint256;

using AnchorSlots for AnchorSlot global;

library AnchorSlots {
    uint256 private constant _WITHDRAWN_AT = 40;
    uint256 private constant _SEQUENCE = 80;
    uint256 private constant _SIZE = 112;
    uint256 private constant _EVER_SUSPENDED = 144;
    uint256 private constant _REVOCATIONS = 145;
    uint256 private constant _SMALL = 111;

    /// @dev The caller sees to it that time fits 40 bits, sequence and size 32 bits each.
    function create(
        uint256 time,
        uint256 sequence_,
        uint256 size_
    ) internal pure returns (AnchorSlot) {
        return AnchorSlot.wrap(time | (sequence_ << _SEQUENCE) | (size_ << _SIZE));
    }

    function exists(AnchorSlot slot) internal pure returns (bool) {
        return AnchorSlot.unwrap(slot) != 0;
    }

    function withdrawnAt(AnchorSlot slot) internal pure returns (uint40) {
        return uint40(AnchorSlot.unwrap(slot) >> _WITHDRAWN_AT);
    }

    function sequence(AnchorSlot slot) internal pure returns (uint32) {
        return uint32(AnchorSlot.unwrap(slot) >> _SEQUENCE);
    }

    function size(AnchorSlot slot) internal pure returns (uint32) {
        return uint32(AnchorSlot.unwrap(slot) >> _SIZE);
    }

    /// @dev Whether the revocations are in this slot.
    function isSmall(AnchorSlot slot) internal pure returns (bool) {
        return slot.size() <= _SMALL;
    }

    /// @dev The revocations of a small batch.
    function revocations(AnchorSlot slot) internal pure returns (uint256) {
        return AnchorSlot.unwrap(slot) >> _REVOCATIONS;
    }

    function everSuspended(AnchorSlot slot) internal pure returns (bool) {
        return AnchorSlot.unwrap(slot) & (1 << _EVER_SUSPENDED) != 0;
    }

    /// @dev The time must fit 40 bits, and there must be no withdrawal yet.
    function withWithdrawnAt(AnchorSlot slot, uint256 time) internal pure returns (AnchorSlot) {
        return AnchorSlot.wrap(AnchorSlot.unwrap(slot) | (time << _WITHDRAWN_AT));
    }

    /// @dev The mask must lie within a small batch.
    function withRevocations(AnchorSlot slot, uint256 mask) internal pure returns (AnchorSlot) {
        return AnchorSlot.wrap(AnchorSlot.unwrap(slot) | (mask << _REVOCATIONS));
    }

    function withEverSuspended(AnchorSlot slot) internal pure returns (AnchorSlot) {
        return AnchorSlot.wrap(AnchorSlot.unwrap(slot) | (1 << _EVER_SUSPENDED));
    }

    function copyTo(AnchorSlot slot, ICredentialRegistry.Anchor memory anchor) internal pure {
        anchor.anchoredAt = uint40(AnchorSlot.unwrap(slot));
        anchor.withdrawnAt = slot.withdrawnAt();
        anchor.sequence = slot.sequence();
        anchor.size = slot.size();
    }
}
