/**
 * The regions of the service. A region that is not in the list may be newer, so it only produces a warning.
 *
 * @see https://www.alibabacloud.com/help/en/ecs/product-overview/regions-and-zones
 */
export const REGIONS: readonly string[] = [
  // mainland China
  'cn-beijing', 'cn-chengdu', 'cn-fuzhou', 'cn-guangzhou', 'cn-hangzhou', 'cn-heyuan', 'cn-huhehaote', 'cn-nanjing', 'cn-qingdao', 'cn-shanghai',
  'cn-shenzhen', 'cn-wuhan-lr', 'cn-wulanchabu', 'cn-zhangjiakou', 'cn-zhengzhou-jva', 'cn-zhongwei',
  // finance and government
  'cn-beijing-finance-1', 'cn-hangzhou-finance', 'cn-heyuan-acdr-1', 'cn-north-2-gov-1', 'cn-shanghai-finance-1', 'cn-shenzhen-finance-1',
  // elsewhere
  'ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-5', 'ap-southeast-6',
  'ap-southeast-7', 'ap-southeast-8', 'cn-hongkong', 'eu-central-1', 'eu-west-1', 'eu-west-2', 'me-central-1', 'me-east-1', 'na-south-1', 'us-east-1',
  'us-southeast-1', 'us-west-1',
];
