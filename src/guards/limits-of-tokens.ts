import { TerraformStack } from 'cdktf';
import { Condition, refuseUnless } from './condition';
import { MAX_BANDWIDTH, maxBandwidth } from '../api/limits';
import { Expression, hcl, orNull, template } from '../terraform/hcl';
import { partOfExpression } from '../terraform/locals';
import { isExpression } from '../terraform/tokens';

/** The limits of a bandwidth and its charge type, where only Terraform knows one of them. */
export function limitsOfTokens(stack: TerraformStack, path: string, bandwidth: number, chargeType: string): Condition[] {
  if (!isExpression(chargeType) && !isExpression(bandwidth)) return [];
  const conditions: Condition[] = [];
  const type = partOfExpression(stack, chargeType);
  if (type instanceof Expression) {
    conditions.push(refuseUnless(
      hcl`try(contains(${Object.keys(MAX_BANDWIDTH)}, ${type}), false)`,
      template`${path}: internetChargeType is ${orNull(type)}, not PayByBandwidth or PayByTraffic (IllegalParam.InternetChargeType): use one of InternetChargeType`,
    ));
  }
  const mbps = partOfExpression(stack, bandwidth);
  const max = type instanceof Expression
    ? hcl`(${type} == "PayByTraffic" ? ${MAX_BANDWIDTH.PayByTraffic} : ${MAX_BANDWIDTH.PayByBandwidth})`
    : hcl`${maxBandwidth(type)}`;
  conditions.push(refuseUnless(
    hcl`try(${mbps} >= 1 && ${mbps} <= ${max} && floor(${mbps}) == ${mbps}, false)`,
    template`${path}: bandwidth is ${orNull(mbps)}, not an integer from 1 to ${max} Mbit/s for ${orNull(type)} (IllegalParam.Bandwidth): change the value that is passed in`,
  ));
  return conditions;
}
