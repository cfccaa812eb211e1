import { isLoadBalancer } from '../../src/exposure/program/program-facts';

test.each<[string, Record<string, unknown>, boolean]>([
  ['alicloud_nlb_load_balancer', { address_ip_version: 'DualStack', ipv6_address_type: 'Internet' }, true],
  ['alicloud_alb_load_balancer', { address_ip_version: 'DualStack', ipv6_address_type: 'Internet' }, true],
  ['alicloud_nlb_load_balancer', { ipv6_address_type: 'Internet' }, true],
  ['alicloud_nlb_load_balancer', { ipv6_address_type: '${var.type}' }, true],
  ['alicloud_nlb_load_balancer', { ipv6_address_type: 'Intranet', lifecycle: { ignore_changes: ['ipv6_address_type'] } }, true],
  ['alicloud_nlb_load_balancer', { address_ip_version: 'DualStack', ipv6_address_type: 'Intranet' }, false],
  ['alicloud_nlb_load_balancer', { address_ip_version: 'DualStack' }, false],
  ['alicloud_nlb_load_balancer', { address_ip_version: 'Ipv4', ipv6_address_type: 'Internet' }, false],
  ['alicloud_slb_load_balancer', { address_ip_version: 'ipv6', address_type: 'internet' }, true],
  ['alicloud_slb_load_balancer', { address_ip_version: 'ipv6' }, true],
  ['alicloud_slb_load_balancer', { address_ip_version: 'ipv6', address_type: 'intranet' }, false],
  ['alicloud_slb_load_balancer', { address_type: 'internet' }, false],
  ['alicloud_instance', { address_ip_version: 'ipv6', address_type: 'internet' }, false],
])('%s with %j: %s', (type, args, isPublic) => {
  expect(isLoadBalancer({ type, arguments: args })).toBe(isPublic);
});
