// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @dev Code that an account delegates to under EIP-7702; it accepts no signature whatever.
contract DelegatedCode is IERC1271 {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4 magic) {
        return 0xffffffff;
    }
}
