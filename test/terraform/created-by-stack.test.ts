import { TerraformDataSource, TerraformLocal, TerraformStack } from 'cdktf';
import { Ipv6Address, Ipv6Gateway, Ipv6InternetBandwidth } from '../../src';
import { createdByStack } from '../../src/terraform/created-by-stack';
import { referencesFrom, referencesIn } from '../../src/terraform/template-syntax';
import { expectRefusal } from '../mistakes';
import { makeApp, makeStack, otherResource } from '../synth';

describe('the references of a template', () => {
  test.each<[string, string[]]>([
    ['plain', []],
    ['${a_b.c.d}', ['a_b.c.d']],
    ['x${var.a}y${local.b}z', ['var.a.', 'local.b.']],
    ['$${a_b.c}', []],
    ['%{ if var.on }${a_b.c}%{ endif }', ['var.on.', 'a_b.c.']],
    ['${var.ids["web_1.A"]}', ['var.ids.']],
    ['${var.ids["${local.key}"]}', ['local.key.', 'var.ids.']],
    ['${var.ids["a\\"b_1.c"]}', ['var.ids.']],
    ['${[for each_one in data.t_x.y.list : each_one.id]}', ['data.t_x.y']],
    ['%{ for a_b in local.l }${a_b.id}%{ endfor }', ['local.l.']],
    ['${{ for key_a, value_b in local.m : key_a.x => value_b.y }}', ['local.m.']],
    ['${ /* a_b.c */ local.x }', ['local.x.']],
    ['${module.net.id}', ['module.net.id']],
    ['${local.a', ['local.a.']],
    ['${base64encode(<<EOT\ncase in a) echo;; esac\nEOT\n)}${a_b.c}', ['a_b.c.']],
    ['${[for each in [] : each.id]}${each.key}', ['each.key.']],
    ['%{ for x in local.l }${x.y}%{ endfor }', ['local.l.']],
  ])('of %s', (template, expected) => {
    expect(referencesIn(template).map((names) => names.join('.'))).toEqual(expected);
  });
});

test('a local is followed once, however many of its attributes are read', () => {
  const followed: string[] = [];
  const definitionOf = (root: string, name: string) => {
    followed.push(`${root}.${name}`);
    return name === 'm' ? '${local.n}' : undefined;
  };
  expect([...referencesFrom({ a: '${local.m.a}', b: ['${local.m.b}', '${data.t_x.y.id}'] }, definitionOf)].map((names) => names.join('.')))
    .toEqual(['local.m.a', 'local.n.', 'local.m.b', 'data.t_x.y']);
  expect(followed).toEqual(['local.m', 'local.n', 'data.t_x']);
});

describe('the resource that a value depends on', () => {
  function stackWithBlocks(): TerraformStack {
    const stack = makeStack();
    const server = otherResource(stack, 'server', 'alicloud_instance');
    new TerraformLocal(stack, 'direct', server.getStringAttribute('id'));
    new TerraformLocal(stack, 'indirect', '${local.direct}');
    new TerraformLocal(stack, 'known', '${var.id}');
    new TerraformLocal(stack, 'circle', '${local.circle}');
    stack.addOverride('locals.overridden', '${alicloud_instance.server.id}');
    stack.addOverride('data.alicloud_instances.overridden', { ids: ['${alicloud_instance.server.id}'] });
    new (class extends TerraformDataSource {
      protected synthesizeAttributes() {
        return { ids: [server.getStringAttribute('id')] };
      }
    })(stack, 'found', { terraformResourceType: 'alicloud_instances', terraformGeneratorMetadata: { providerName: 'alicloud' } });
    return stack;
  }

  test.each<[string, string | undefined]>([
    ['i-1', undefined],
    ['${var.id}', undefined],
    ['${var.ids["web_1.A"]}', undefined],
    ['${local.known}', undefined],
    ['${local.circle}', undefined],
    ['${local.nothing}', undefined],
    ['${data.alicloud_instances.other.ids[0]}', undefined],
    ['${alicloud_instance.server.id}', 'alicloud_instance.server'],
    ['${local.direct}', 'alicloud_instance.server'],
    ['${local.indirect}', 'alicloud_instance.server'],
    ['${local.overridden}', 'alicloud_instance.server'],
    ['${data.alicloud_instances.found.ids[0]}', 'alicloud_instance.server'],
    ['${data.alicloud_instances.overridden.ids[0]}', 'alicloud_instance.server'],
    ['${module.fleet.ids[0]}', 'module.fleet'],
  ])('%s depends on %s', (value, expected) => {
    expect(createdByStack(stackWithBlocks(), value)).toBe(expected);
  });

});

test.each(['before', 'after'])('a gateway that the app creates is refused if a bandwidth %s it reads the gateway from a lookup', (order) => {
  const stack = makeStack(makeApp());
  const gateway = () => new Ipv6Gateway(stack, 'Gateway', { vpcId: 'vpc-1' });
  const bandwidth = () => new Ipv6InternetBandwidth(stack, 'Bandwidth', { ipv6Address: Ipv6Address.fromIpv6AddressId(stack, 'Address', 'ipv6-1', { vpcId: 'vpc-1' }), bandwidth: 5 });
  if (order === 'before') {
    bandwidth();
    expectRefusal(gateway, { path: 'stack/Gateway', code: 'OperationFailed.Ipv6GatewayNotExist', problem: /^ipv6Gateway of stack\/Bandwidth must be set/, remediation: /create the Ipv6Gateway first, and pass it as ipv6Gateway/ });
  } else {
    gateway();
    expectRefusal(bandwidth, { path: 'stack/Bandwidth', code: 'OperationFailed.Ipv6GatewayNotExist', problem: /^ipv6Gateway must be set, because this app creates the gateway/, remediation: /pass the Ipv6Gateway stack\/Gateway/ });
  }
});
