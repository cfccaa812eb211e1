/** The jobs that are added to the workflows of projen, and the workflow provider-drift. */
import { cdk, github, JsonPatch } from 'projen';
import { PUBLIB } from './toolchain';

type Job = github.workflows.Job;
type Step = github.workflows.JobStep;

/** The Node.js of the workflows; docs/support.md lists the versions that the library is tried with. */
export const NODE = '24';
const ALL_TOOLS = { node: { version: NODE }, java: { version: '21' }, python: { version: '3.13' }, go: { version: '^1.25.0' } };

/** The environment that guards a publication; the registries trust the workflow for what runs in it. */
export const ENVIRONMENT = 'release';

/** The versions of docs/support.md that the end-to-end suite is run with: the first with every check, the others alone. */
const TERRAFORM = '1.11.4';
const OTHER_ENGINES = [
  { engine: 'terraform', version: '1.13.3' },
  { engine: 'tofu', version: '1.10.10' },
  { engine: 'tofu', version: '1.12.6' },
];

const READ = { contents: github.workflows.JobPermission.READ };
const CHECKOUT_AND_INSTALL: Step[] = [github.WorkflowSteps.checkout(), { name: 'Install dependencies', run: 'npm ci' }];
/** Downloads the provider once for all folders of the suite. */
const KEEP_PROVIDER: Step = { name: 'Keep the provider', run: 'mkdir -p "$RUNNER_TEMP/plugins" && echo "TF_PLUGIN_CACHE_DIR=$RUNNER_TEMP/plugins" >> "$GITHUB_ENV"' };

function installTerraform(version: string): Step {
  return { name: 'Install Terraform', uses: 'hashicorp/setup-terraform@v3', with: { terraform_version: version, terraform_wrapper: false } };
}

function job(name: string, tools: Job['tools'], steps: Step[], more: Partial<Job> = {}): Job {
  return { name, runsOn: ['ubuntu-latest'], permissions: READ, tools, steps: [...CHECKOUT_AND_INSTALL, ...steps], env: { CI: 'true' }, ...more };
}

/** The checks: before a merge, and again before a release is built. */
function checks(): Record<string, Job> {
  return {
    'ci': job('Every check', ALL_TOOLS, [
      installTerraform(TERRAFORM),
      KEEP_PROVIDER,
      { name: 'Fetch the tag of the last release', run: 'git fetch --quiet --tags --depth 1 origin' },
      { name: 'Run every check', run: '.ci/run' },
    ]),
    'engines': job('Other engines', { node: { version: NODE } }, [
      { ...installTerraform('${{ matrix.version }}'), if: "matrix.engine == 'terraform'" },
      {
        name: 'Install OpenTofu',
        if: "matrix.engine == 'tofu'",
        uses: 'opentofu/setup-opentofu@v1',
        with: { tofu_version: '${{ matrix.version }}', tofu_wrapper: false },
      },
      KEEP_PROVIDER,
      { name: 'Deploy to the stand-in for the API', run: 'npm run test:e2e -- --engine ${{ matrix.engine }} --maxWorkers=1' },
    ], { strategy: { failFast: false, matrix: { include: OTHER_ENGINES } } }),
    'node-22': job('Node.js 22', { node: { version: '22' } }, [{ name: 'Test', run: 'npm test' }]),
  };
}

const DRY_RUN = { PUBLIB_DRYRUN: '${{ inputs.dry_run }}' };

/** Publishes the fork's wheel after the library's: what is published already is skipped, so that a broken run can be started again. */
export const CDKTN_TO_PYPI: Step = {
  name: 'Release cdktn-alicloud-ipv6', run: `npx -p publib@${PUBLIB} publib-pypi dist.old/cdktn/python`, env: { PYPI_TRUSTED_PUBLISHER: 'true', ...DRY_RUN },
};

/** Adds the checks, which projen does not know, the publication to npm, and the weekly comparison with the newest provider. */
export function addWorkflows(project: cdk.JsiiProject): void {
  for (const [id, check] of Object.entries(checks())) project.buildWorkflow!.addPostBuildJob(id, check);
  // Every job that publishes needs the job `release`.
  project.release!.addJobs(checks());
  project.github!.tryFindWorkflow('release')!.file!.patch(JsonPatch.add('/jobs/release/needs', Object.keys(checks())));
  project.release!.publisher.publishToNpm({
    registry: 'registry.npmjs.org',
    npmProvenance: true,
    trustedPublishing: true,
    prePublishSteps: [{ name: 'Add the packages of the fork and of the command', run: 'mv dist/cdktn/js/*.tgz dist/command/js/*.tgz dist/js/' }],
  });
  project.release!.publisher.addGitHubPostPublishingSteps({
    name: 'Attach the bills of materials',
    if: '${{ !inputs.dry_run }}',
    run: 'gh release upload "$(cat dist/releasetag.txt)" dist/sbom/*.json --clobber',
    env: { GH_TOKEN: '${{ secrets.GITHUB_TOKEN }}', GH_REPO: '${{ github.repository }}' },
  });

  const drift = new github.GithubWorkflow(project.github!, 'provider-drift');
  drift.on({ schedule: [{ cron: '0 6 * * 1' }], workflowDispatch: {} });
  drift.addJob('drift', job('Compare with the newest provider', { node: { version: NODE } }, [
    installTerraform(TERRAFORM),
    { name: 'Make the bindings of the newest provider', run: "npm run provider:generate -- --provider '>= 1.289.0'" },
    { name: 'Show the differences in the types that the library has bindings of', run: 'git diff --exit-code projenrc/provider-schema.json' },
  ]));
}
