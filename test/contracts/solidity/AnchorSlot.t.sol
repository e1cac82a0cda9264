// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AnchorSlot, AnchorSlots} from "../../../contracts/AnchorSlot.sol";
import {ICredentialRegistry} from "../../../contracts/ICredentialRegistry.sol";

contract AnchorSlotTest {
    function testFuzz_fieldsDoNotOverlap(
        uint40 time,
        uint40 withdrawnAt,
        uint32 sequence,
        uint32 size,
        uint256 mask,
        bool suspended
    ) public pure {
        mask &= (1 << 111) - 1;
        AnchorSlot slot = AnchorSlots.create(time, sequence, size).withWithdrawnAt(withdrawnAt);
        slot = slot.withRevocations(mask);
        if (suspended) slot = slot.withEverSuspended();

        ICredentialRegistry.Anchor memory copy;
        slot.copyTo(copy);
        require(copy.anchoredAt == time, "anchoredAt");
        require(
            copy.withdrawnAt == withdrawnAt && slot.withdrawnAt() == withdrawnAt,
            "withdrawnAt"
        );
        require(copy.sequence == sequence && slot.sequence() == sequence, "sequence");
        require(copy.size == size && slot.size() == size, "size");
        require(slot.revocations() == mask, "revocations");
        require(slot.everSuspended() == suspended, "everSuspended");
        require(slot.isSmall() == (size <= 111), "isSmall");
    }

    function test_nothingIsThereAtFirst() public pure {
        require(!AnchorSlot.wrap(0).exists(), "an empty slot holds an anchor");
        require(AnchorSlots.create(1, 1, 1).exists(), "an anchor is not seen");
    }
}
