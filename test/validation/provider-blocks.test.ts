import { TerraformProvider, TerraformStack } from 'cdktf';
import { Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth, providerAlicloud } from '../../src';
import { aliasedProvider, makeApp, makeStack, synth, synthApp, warnings } from '../synth';

interface VersionOfBindings {
  readonly providerVersion?: string;
  readonly providerVersionConstraint?: string;
}

/** A provider block of bindings that a user made of some version of the provider. */
function ownProvider(stack: TerraformStack, id: string, version: VersionOfBindings, alias?: string): TerraformProvider {
  class OwnProvider extends TerraformProvider {
    override get alias() {
      return alias;
    }
  }
  const terraformGeneratorMetadata = { providerName: 'alicloud', ...version };
  return new OwnProvider(stack, id, { terraformResourceType: 'alicloud', terraformGeneratorMetadata, terraformProviderSource: 'aliyun/alicloud' });
}

const USES: [string, (stack: TerraformStack) => void][] = [
  ['a gateway', (stack) => new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-1' })],
  ['an address', (stack) => new Ipv6Address(stack, 'Address', { vswitchId: 'vsw-1' })],
  ['a bandwidth', (stack) => new Ipv6InternetBandwidth(stack, 'Bandwidth', {
    ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Found', 'ipv6-1'), bandwidth: 5, egressOnly: true,
  })],
];

describe.each(USES)('a stack with %s', (_, use) => {
  test('is refused with two provider blocks for one alias, from any bindings', () => {
    const stack = makeStack();
    use(stack);
    ownProvider(stack, 'Own', { providerVersion: '1.289.0' });
    expect(() => synth(stack)).toThrow('[stack] stack/Own: a second provider block of alicloud without an alias, the first is stack/Provider: remove one of them');
  });

  test('takes a second provider block with an alias, and is refused with another of that alias', () => {
    const stack = makeStack();
    use(stack);
    aliasedProvider(stack);
    expect(synth(stack).provider!.alicloud).toHaveLength(2);
    ownProvider(stack, 'Own', {}, 'beijing');
    expect(() => synth(stack)).toThrow('stack/Own: a second provider block of alicloud with the alias "beijing", the first is stack/beijing');
  });
});

test('each stack of an app has blocks of its own', () => {
  const app = makeApp();
  for (const id of ['one', 'other']) USES[1][1](makeStack(app, id));
  expect(Object.keys(synthApp(app))).toEqual(['one', 'other']);
});

describe('the version of the provider', () => {
  function warningsWith(version: VersionOfBindings, override?: string): string[] {
    const stack = new TerraformStack(makeApp(), 'stack');
    ownProvider(stack, 'Own', version);
    if (override) stack.addOverride('terraform.required_providers.alicloud.version', override);
    USES[2][1](stack);
    synth(stack);
    synth(stack);
    return warnings(stack).map(([construct, message]) => `${construct}: ${message}`);
  }

  test.each([
    [{ providerVersion: '1.289.0' }], [{ providerVersion: '1.300.0' }], [{ providerVersionConstraint: '~> 1.289' }], [{ providerVersionConstraint: '~> 1.200' }], [{}],
  ])('%j produces no warning', (version) => {
    expect(warningsWith(version)).toEqual([]);
  });

  test('before 1.289 produces one warning, with the missing features', () => {
    expect(warningsWith({ providerVersion: '1.288.0', providerVersionConstraint: '~> 1.200' })).toEqual([
      'stack: the version of the provider aliyun/alicloud must be 1.289.0 or later, got "1.288.0" (the library is tested with 1.289): '
      + 'raise it in terraformProviders of cdktf.json, and run cdktf get',
    ]);
    expect(warningsWith({ providerVersionConstraint: '~> 1.142.0' })).toEqual([expect.stringContaining(
      'tested with 1.289; ipv6Address of an Ipv6Address requires 1.245; Ipv6Address requires 1.216; tags and resourceGroupId of an Ipv6Gateway require 1.205; Internet bandwidth requires 1.143',
    )]);
  });

  test('is the one that an override of the stack states', () => {
    expect(warningsWith({ providerVersion: '1.200.0' }, '1.290.0')).toEqual([]);
    expect(warningsWith({ providerVersion: '1.290.0' }, '1.200.0')).toHaveLength(1);
  });
});

describe('the region of a provider block', () => {
  function inRegion(region: string): TerraformStack {
    const stack = new TerraformStack(makeApp(), 'stack');
    new providerAlicloud.provider.AlicloudProvider(stack, 'Provider', { region });
    USES[2][1](stack);
    return stack;
  }

  test.each(['hangzhou', 'cn-hangzhou ', '', 'CN-HANGZHOU'])('is refused where it is %j', (region) => {
    expect(() => synth(inRegion(region))).toThrow(`stack/Provider: region must be the id of a region, got ${JSON.stringify(region)} (InvalidRegionId.NotFound): write an id such as "cn-hangzhou"`);
  });

  test('is warned of once where it is in no list of the service', () => {
    const stack = inRegion('cn-hangzou');
    for (let i = 0; i < 2; i++) synth(stack);
    expect(warnings(stack)).toEqual([['stack', 'stack/Provider: region must be a known region, got "cn-hangzou" (InvalidRegionId.NotFound): check the spelling']]);
  });

  test.each(['cn-hangzhou', 'eu-central-1', '${var.region}'])('is accepted where it is %j', (region) => {
    const stack = inRegion(region);
    synth(stack);
    expect(warnings(stack)).toEqual([]);
  });
});
