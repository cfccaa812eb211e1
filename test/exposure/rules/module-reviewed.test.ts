import { TerraformHclModule } from 'cdktf';
import { bandwidth, findings, said } from './exposed';

const RULE_ID = 'Ipv6ModuleReviewed';

test('a module is non-compliant, wherever it is written', () => {
  expect(said(findings(RULE_ID, {}, (stack) => {
    new TerraformHclModule(stack, 'Module', { source: 'example/network/alicloud' });
    stack.addOverride('module.hidden', { source: 'example/hidden/alicloud' });
  }))).toEqual([
    ['stack/Module', 'a module, whose resources the synthesis cannot read', 'what the synthesis can read'],
    ['stack (module.hidden)', 'a module, whose resources the synthesis cannot read', 'what the synthesis can read'],
  ]);
});

test('an app without modules is compliant, and any app where the rule is off', () => {
  expect(findings(RULE_ID, {}, (stack) => bandwidth(stack, 'B'))).toEqual([]);
  expect(findings(RULE_ID, { moduleReviewed: false }, (stack) => new TerraformHclModule(stack, 'Module', { source: 'example/network/alicloud' }))).toEqual([]);
});
