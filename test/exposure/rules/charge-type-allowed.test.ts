import { bandwidth, findings, handWritten, said } from './exposed';
import { InternetChargeType } from '../../../src';
import { textVariable } from '../../synth';

const RULE_ID = 'Ipv6ChargeTypeAllowed';
const BY_BANDWIDTH = { allowedChargeTypes: [InternetChargeType.PAY_BY_BANDWIDTH] };

test.each([
  ['the default', (stack: any) => bandwidth(stack, 'B')],
  ['a variable, which the plan holds against the rule', (stack: any) => bandwidth(stack, 'B', { internetChargeType: textVariable(stack, 'type') as InternetChargeType })],
  ['a hand-written bandwidth without a charge type, which is the API\'s default', (stack: any) => handWritten(stack, 'B')],
])('%s is compliant', (_, make) => {
  expect(findings(RULE_ID, BY_BANDWIDTH, make)).toEqual([]);
});

test('any charge type is compliant where none is asked for', () => {
  expect(findings(RULE_ID, {}, (stack) => bandwidth(stack, 'B', { internetChargeType: InternetChargeType.PAY_BY_TRAFFIC }))).toEqual([]);
});

test.each([
  ['another one', (stack: any) => bandwidth(stack, 'B', { internetChargeType: InternetChargeType.PAY_BY_TRAFFIC }), 'PayByTraffic'],
  ['a hand-written one', (stack: any) => handWritten(stack, 'B', { internet_charge_type: 'PayByTraffic' }), 'PayByTraffic'],
  ['an override', (stack: any) => bandwidth(stack, 'B').resource.addOverride('internet_charge_type', 'PayByOld95'), 'PayByOld95'],
  ['a hand-written variable', (stack: any) => handWritten(stack, 'B', { internet_charge_type: textVariable(stack, 'type') }), '${var.type}, known to Terraform only'],
  ['an override by a variable', (stack: any) => {
    bandwidth(stack, 'B', { internetChargeType: textVariable(stack, 'type') as InternetChargeType }).resource.addOverride('internet_charge_type', textVariable(stack, 'other'));
  }, '${var.other}, known to Terraform only'],
])('%s is non-compliant', (_, make, seen) => {
  expect(said(findings(RULE_ID, BY_BANDWIDTH, make))).toEqual([['stack/B', seen, 'PayByBandwidth']]);
});
