// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CredentialRegistry} from "../../../contracts/CredentialRegistry.sol";
import {ICredentialRegistry} from "../../../contracts/ICredentialRegistry.sol";
import {Actors} from "./Actors.sol";

contract CredentialRegistryInvariants {
    CredentialRegistry private _registry;
    Actors private _actors;

    function setUp() public {
        _registry = new CredentialRegistry();
        _actors = new Actors(_registry);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_actors);
    }

    /// @dev Nobody but the issuer or a live operator with the role changes anything of an issuer.
    function invariant_onlyTheIssuerAndItsOperatorsChangeAnything() public view {
        require(bytes(_actors.breach()).length == 0, _actors.breach());
    }

    /// @dev With the count and the anchors 1 … count an auditor knows that nothing was left out.
    function invariant_sequenceHasNoGaps() public view {
        for (uint256 i = 0; i < _actors.ISSUERS(); ++i) {
            address issuer = _actors.issuerAt(i);
            uint256 seen;
            for (uint256 r = 0; r < _actors.ROOTS(); ++r) {
                uint256 sequence = _registry.anchorOf(issuer, _actors.rootAt(r)).sequence;
                if (sequence == 0) continue;
                require(seen & (1 << sequence) == 0, "a sequence number was given twice");
                seen |= 1 << sequence;
            }
            uint256 expected = ((1 << _registry.anchorCount(issuer)) - 1) << 1;
            require(seen == expected, "the sequence has a gap");
        }
    }

    function invariant_revokedStaysRevokedAndWithdrawnStaysWithdrawn() public view {
        _forEachAnchor(_requireFinal);
    }

    function invariant_anchorsNeverChange() public view {
        _forEachAnchor(_requireUnchanged);
    }

    function invariant_noStatusBeyondTheBatch() public view {
        _forEachAnchor(_requireWithinBatch);
    }

    function _requireFinal(address issuer, bytes32 root) private view {
        uint256 words = _actors.WORDS();
        uint256[] memory current = _registry.revocations(issuer, root, 0, words);
        for (uint256 w = 0; w < words; ++w) {
            uint256 ever = _actors.revokedSince(issuer, root)[w];
            require(current[w] & ever == ever, "a revocation was undone");
        }
        uint256 withdrawnAt = _registry.anchorOf(issuer, root).withdrawnAt;
        require(withdrawnAt == _actors.withdrawnSince(issuer, root), "a withdrawal changed");
    }

    function _requireUnchanged(address issuer, bytes32 root) private view {
        bytes32 current = _actors.fixedPart(_registry.anchorOf(issuer, root));
        require(current == _actors.firstAnchor(issuer, root), "an anchor changed");
    }

    function _requireWithinBatch(address issuer, bytes32 root) private view {
        uint256 size = _registry.anchorOf(issuer, root).size;
        uint256 words = _actors.WORDS() + 1;
        uint256[] memory revoked = _registry.revocations(issuer, root, 0, words);
        uint256[] memory suspended = _registry.suspensions(issuer, root, 0, words);
        for (uint256 w = 0; w < words; ++w) {
            uint256 inside = size > w * 256 ? size - w * 256 : 0;
            require((revoked[w] | suspended[w]) >> inside == 0, "a status beyond the batch");
        }
    }

    function _forEachAnchor(function(address, bytes32) internal view check) private view {
        for (uint256 i = 0; i < _actors.ISSUERS(); ++i) {
            for (uint256 r = 0; r < _actors.ROOTS(); ++r) {
                (address issuer, bytes32 root) = (_actors.issuerAt(i), _actors.rootAt(r));
                ICredentialRegistry.Anchor memory found = _registry.anchorOf(issuer, root);
                if (found.anchoredAt != 0) check(issuer, root);
            }
        }
    }
}
