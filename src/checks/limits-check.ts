import { TerraformStack, Token } from 'cdktf';
import { IConstruct } from 'constructs';
import { Checks } from './checks';
import { Condition, refuseUnless } from './condition';
import { MAX_BANDWIDTH, maxBandwidth } from '../api/limits';
import { createdByStack } from '../terraform/created-by-stack';
import { Expression, hcl, orNull, template } from '../terraform/hcl';
import { partOfExpression } from '../terraform/locals';
import { isExpression } from '../terraform/tokens';

/**
 * Checks the limits of a bandwidth and its charge type, where only Terraform knows one of them.
 *
 * @returns the conditions that the bandwidth waits for, because the plan may not know the values
 */
export function checkLimits(
  { stack }: { readonly stack: TerraformStack }, construct: IConstruct, bandwidth: number, chargeType: string,
): Condition[] {
  if (!isExpression(chargeType) && !isExpression(bandwidth)) return [];
  const type = partOfExpression(stack, chargeType);
  const mbps = partOfExpression(stack, bandwidth);
  const isKnown = [chargeType, Token.asString(bandwidth)].every((value) => createdByStack(stack, value) === undefined);
  if (!isKnown) return limits(construct.node.path, mbps, type);
  limits('', mbps, type).forEach((_, i) => Checks.of(stack).add(construct, hcl`${i} ${mbps} ${type}`.code, (paths) => limits(paths, mbps, type)[i]));
  return [];
}

function limits(paths: string, mbps: number | Expression, type: string | Expression): Condition[] {
  const conditions: Condition[] = [];
  if (type instanceof Expression) {
    conditions.push(refuseUnless(
      hcl`try(contains(${Object.keys(MAX_BANDWIDTH)}, ${type}), false)`,
      template`${paths}: internetChargeType is ${orNull(type)}, not PayByBandwidth or PayByTraffic (IllegalParam.InternetChargeType): use one of InternetChargeType`,
    ));
  }
  const max = type instanceof Expression
    ? hcl`(${type} == "PayByTraffic" ? ${MAX_BANDWIDTH.PayByTraffic} : ${MAX_BANDWIDTH.PayByBandwidth})`
    : hcl`${maxBandwidth(type)}`;
  conditions.push(refuseUnless(
    hcl`try(${mbps} >= 1 && ${mbps} <= ${max} && floor(${mbps}) == ${mbps}, false)`,
    template`${paths}: bandwidth is ${orNull(mbps)}, not an integer from 1 to ${type instanceof Expression ? hcl`try(${max}, ${MAX_BANDWIDTH.PayByBandwidth})` : max} Mbit/s for ${orNull(type)} (IllegalParam.Bandwidth): change the value that is passed in`,
  ));
  return conditions;
}
