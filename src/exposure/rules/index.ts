import { bandwidthPerAddress } from './bandwidth-per-address';
import { bandwidthPerGateway } from './bandwidth-per-gateway';
import { chargeTypeAllowed } from './charge-type-allowed';
import { egressOnlyRequired } from './egress-only-required';
import { egressOnlyRulesPerGateway } from './egress-only-rules-per-gateway';
import { ExposureRule } from '../exposure-rule';
import { libraryConstructRequired } from './library-construct-required';
import { moduleReviewed } from './module-reviewed';

/** All rules, in the order in which they are documented. */
export const EXPOSURE_RULES: readonly ExposureRule[] = [
  egressOnlyRequired,
  bandwidthPerAddress,
  bandwidthPerGateway,
  chargeTypeAllowed,
  egressOnlyRulesPerGateway,
  libraryConstructRequired,
  moduleReviewed,
];
