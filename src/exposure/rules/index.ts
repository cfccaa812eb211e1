import { bandwidthPerAddress } from './bandwidth-per-address';
import { bandwidthPerGateway } from './bandwidth-per-gateway';
import { chargeTypeAllowed } from './charge-type-allowed';
import { egressOnlyRequired } from './egress-only-required';
import { egressOnlyRulesPerGateway } from './egress-only-rules-per-gateway';
import { libraryConstructRequired } from './library-construct-required';
import { moduleReviewed } from './module-reviewed';
import { openPortsAllowed } from './open-ports';
import { ExposureRule } from '../rule';

/** All rules, in the order of the documentation. The library, the rules file and the command read them here. */
export const EXPOSURE_RULES: readonly ExposureRule[] = [
  egressOnlyRequired,
  openPortsAllowed,
  bandwidthPerAddress,
  bandwidthPerGateway,
  chargeTypeAllowed,
  egressOnlyRulesPerGateway,
  libraryConstructRequired,
  moduleReviewed,
];

export function ruleOf(id: string): ExposureRule | undefined {
  return EXPOSURE_RULES.find((rule) => rule.id === id);
}
