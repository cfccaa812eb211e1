import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import { RequiredVersion, TerraformVersion } from './required-version';
import { addressesHaveNoProblem } from '../guards/address-set-problems';
import { Expression, hcl, template } from '../terraform/hcl';
import { findOrCreateInStack } from '../terraform/locals';
import { isInTree } from '../validation/construct-registry';

const ID = 'Ipv6AddressProblems';

/**
 * The check at plan of the addresses that a stack finds by literals: a `terraform_data` with one condition, which all of their
 * bandwidths depend on. So a plan says once what is wrong with all of them, and not by a block of generated names each.
 *
 * A bandwidth whose address is found by what only Terraform knows has a precondition of its own: here it would make the others
 * wait for what its address comes from.
 */
export class AddressCheck extends TerraformElement {
  /** The check in `depends_on`. */
  static readonly reference = `terraform_data.${ID}`;

  /** Adds what is wrong with the address of a bandwidth: an expression of an empty string, if nothing is. */
  static add(bandwidth: TerraformResource, problem: Expression): void {
    findOrCreateInStack(bandwidth.cdktfStack, ID, (scope, id) => new AddressCheck(scope, id)).problems.set(bandwidth, problem);
  }

  private readonly problems = new Map<TerraformResource, Expression>();

  private constructor(stack: TerraformStack, id: string) {
    super(stack, id);
    RequiredVersion.atLeast(stack, TerraformVersion.TERRAFORM_DATA);
  }

  toTerraform(): any {
    const problems: { [path: string]: string } = {};
    for (const [bandwidth, problem] of this.problems) {
      if (isInTree(bandwidth)) problems[template`${bandwidth.node.scope!.node.path}`.toArgument()] = problem.toArgument();
    }
    if (Object.keys(problems).length === 0) return {};
    const byConstruct = `${ID}_by-construct`;
    const refusals = `${ID}_refusals`;
    const refused = hcl`[for path, problem in ${new Expression(`local.${byConstruct}`)} : ${template`${hcl`path`}: ${hcl`problem`}`} if problem != ""]`;
    return {
      locals: { [byConstruct]: problems, [refusals]: refused.toArgument() },
      resource: {
        terraform_data: {
          [ID]: {
            'lifecycle': { precondition: [addressesHaveNoProblem(new Expression(`local.${refusals}`))] },
            '//': { metadata: { path: this.node.path, uniqueId: ID } },
          },
        },
      },
    };
  }
}
