import { TerraformStack, Token, Tokenization } from 'cdktf';
import { IConstruct } from 'constructs';
import { Checks } from './checks';
import { Condition, refuseUnless } from './condition';
import { MAX_BANDWIDTH, maxBandwidth } from '../api/limits';
import { Expression, hcl, orNull, template } from '../terraform/hcl';
import { partOfExpression } from '../terraform/locals';
import { ConstructError } from '../validation/construct-error';
import { PropsValidator, TYPED_NUMBER, TYPED_STRING } from '../validation/props-validator';

/**
 * Validates the Mbit/s of a bandwidth and its charge type. Throws for a wrong literal.
 *
 * @returns a function that adds the conditions of known expressions to the checks of the stack, and returns the conditions of the other
 *          expressions: the preconditions of the bandwidth
 */
export function validateBandwidthLimits(construct: IConstruct, bandwidth: number, chargeType: string): () => Condition[] {
  const validate = new PropsValidator(construct);
  const literalType = typeof chargeType === 'string' && validate.acceptsExpression('internetChargeType', chargeType) ? undefined : chargeType;
  if (literalType !== undefined) refuseOtherTypes(construct, literalType);
  const isLiteral = !validate.acceptsExpression('bandwidth', bandwidth);
  if (isLiteral) refuseOtherBandwidth(construct, bandwidth, literalType);
  return () => {
    if (isLiteral && literalType !== undefined) return [];
    const stack = TerraformStack.of(construct);
    const type = partOfExpression(stack, chargeType);
    const mbps = partOfExpression(stack, bandwidth);
    return Checks.add(construct, [chargeType, Token.asString(bandwidth)], hcl`${mbps} ${type}`.code, (paths) => conditions(paths, mbps, type));
  };
}

function refuseOtherTypes(construct: IConstruct, value: unknown): void {
  if (typeof value === 'string' && Object.hasOwn(MAX_BANDWIDTH, value)) return;
  throw new ConstructError(construct, {
    problem: 'internetChargeType must be PayByBandwidth or PayByTraffic',
    actual: value,
    apiErrorCode: 'IllegalParam.InternetChargeType',
    remediation: Tokenization.isResolvable(value) ? TYPED_STRING : 'use InternetChargeType.PAY_BY_BANDWIDTH or InternetChargeType.PAY_BY_TRAFFIC',
  });
}

function refuseOtherBandwidth(construct: IConstruct, value: unknown, chargeType: string | undefined): void {
  const otherMax = MAX_BANDWIDTH.PayByBandwidth;
  const max = chargeType === undefined ? otherMax : maxBandwidth(chargeType);
  if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= max) return;
  throw new ConstructError(construct, {
    problem: `bandwidth must be an integer from 1 to ${max} Mbit/s` + (chargeType === undefined ? '' : ` for ${chargeType}`),
    actual: value,
    isWrongType: true,
    apiErrorCode: 'IllegalParam.Bandwidth',
    remediation: Tokenization.isResolvable(value)
      ? TYPED_NUMBER
      : typeof value === 'string' ? `write a number without quotes, from 1 to ${max}`
        : typeof value === 'number' && value > max && value <= otherMax
          ? `lower it, or use InternetChargeType.PAY_BY_BANDWIDTH (up to ${otherMax})`
          : `write an integer from 1 to ${max}`,
  });
}

/** Returns the conditions of a plan. A literal charge type has none. */
function conditions(paths: string, mbps: number | Expression, type: string | Expression): Condition[] {
  const max = type instanceof Expression
    ? hcl`(${type} == "PayByTraffic" ? ${MAX_BANDWIDTH.PayByTraffic} : ${MAX_BANDWIDTH.PayByBandwidth})`
    : hcl`${maxBandwidth(type)}`;
  return [
    ...type instanceof Expression ? [refuseUnless(
      hcl`try(contains(${Object.keys(MAX_BANDWIDTH)}, ${type}), false)`,
      template`${paths}: internetChargeType is ${orNull(type)}, not PayByBandwidth or PayByTraffic (IllegalParam.InternetChargeType): use one of InternetChargeType`,
    )] : [],
    refuseUnless(
      hcl`try(${mbps} >= 1 && ${mbps} <= ${max} && floor(${mbps}) == ${mbps}, false)`,
      template`${paths}: bandwidth is ${orNull(mbps)}, not an integer from 1 to ${type instanceof Expression ? hcl`try(${max}, ${MAX_BANDWIDTH.PayByBandwidth})` : max} Mbit/s for ${orNull(type)} (IllegalParam.Bandwidth): pass such a number`,
    ),
  ];
}
