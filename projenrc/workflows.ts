/** The workflows of the repository's host, as projen makes them: what they need beyond its defaults, and the jobs that it does not know. */
import { cdk, github, JsonPatch } from 'projen';
import { PUBLIB } from './toolchain';

type Job = github.workflows.Job;
type Tools = github.workflows.Tools;
type Step = github.workflows.JobStep;

/** What the workflows run on; the library itself is tried with more (docs/support.md). */
export const NODE = '24';
const JAVA = { version: '21' };
const PYTHON = { version: '3.13' };
const GO = { version: '^1.25.0' };

/** The environment that guards a publication; the registries trust the workflow for what runs in it. */
export const ENVIRONMENT = 'release';

/** The engines of the end-to-end suite: Terraform, OpenTofu before and since 1.12. The versions are those of docs/support.md. */
const ENGINES = [
  { engine: 'terraform', version: '1.11.4' },
  { engine: 'tofu', version: '1.10.10' },
  { engine: 'tofu', version: '1.12.6' },
];

const READ = { contents: github.workflows.JobPermission.READ };
const ALL_TOOLS: Tools = { node: { version: NODE }, java: JAVA, python: PYTHON, go: GO };
const CHECKOUT_AND_INSTALL: Step[] = [github.WorkflowSteps.checkout(), { name: 'Install dependencies', run: 'npm ci' }];

function job(name: string, tools: Tools, steps: Step[], more: Partial<Job> = {}): Job {
  return { name, runsOn: ['ubuntu-latest'], permissions: READ, tools, steps: [...CHECKOUT_AND_INSTALL, ...steps], env: { CI: 'true' }, ...more };
}

/** What is tried beside projen's own build: before a merge, and again before a release is published. */
function checks(): Record<string, Job> {
  return {
    'end-to-end': job('End to end', { node: { version: NODE } }, [
      {
        name: 'Install Terraform',
        if: "matrix.engine == 'terraform'",
        uses: 'hashicorp/setup-terraform@v3',
        with: { terraform_version: '${{ matrix.version }}', terraform_wrapper: false },
      },
      {
        name: 'Install OpenTofu',
        if: "matrix.engine == 'tofu'",
        uses: 'opentofu/setup-opentofu@v1',
        with: { tofu_version: '${{ matrix.version }}', tofu_wrapper: false },
      },
      // One download of the provider for all of the suite's folders.
      { name: 'Keep the provider', run: 'mkdir -p "$RUNNER_TEMP/plugins" && echo "TF_PLUGIN_CACHE_DIR=$RUNNER_TEMP/plugins" >> "$GITHUB_ENV"' },
      { name: 'Deploy to the stand-in for the API', run: 'npm run test:e2e -- --engine ${{ matrix.engine }} --maxWorkers=1' },
    ], { strategy: { failFast: false, matrix: { include: ENGINES } } }),

    'consumers': job('Consumers of each language, and the rehearsal of a release', ALL_TOOLS, [
      { name: 'Build the packages of all languages', run: 'npm run package', env: { CI: '' } },
      { name: 'Try them', run: 'npm run test:consumers' },
      { name: 'Publish them to registries on loopback, and install them from there', run: 'npm run release:rehearsal' },
    ]),

    'cdk-terrain': job('CDK Terrain', { node: { version: NODE } }, [{ name: 'Build and test the package for the fork', run: 'npm run test:cdktn' }]),

    'command': job('The command', { node: { version: NODE } }, [
      { name: 'Install what it depends on', run: 'npm ci --prefix cli' },
      { name: 'Test it', run: 'npm run test:cli' },
      { name: 'Install it where nothing else is', run: 'npm --prefix cli run test:package' },
    ]),

    'node-22': job('Node.js 22', { node: { version: '22' } }, [{ name: 'Test', run: 'npm test' }]),

    'coverage': job('Coverage, workflows, vulnerabilities', { node: { version: NODE }, go: GO }, [
      { name: 'Test, and count what is covered', run: 'npm run coverage' },
      { name: 'Lint the workflows', run: 'npm run lint:workflows' },
      { name: 'Ask for vulnerabilities', run: 'npm run audit' },
    ]),

    'last-release': job('The last release', { node: { version: NODE } }, [
      { name: 'Bring its tag', run: 'git fetch --quiet --tags --depth 1 origin' },
      { name: 'Compare the API', run: 'npm run compat' },
      { name: 'Compare what its programs deploy', run: 'npm run behaviour' },
    ]),
  };
}

/** A job that publishes some of the build's artifact, as projen's own publish theirs. */
function publishing(name: string, publib: string, folder: string, env: Record<string, string>, tools: Tools = {}): Job {
  return {
    name,
    runsOn: ['ubuntu-latest'],
    environment: ENVIRONMENT,
    permissions: { ...READ, idToken: github.workflows.JobPermission.WRITE },
    needs: ['release', ...Object.keys(checks())],
    if: "needs.release.outputs.tag_exists != 'true' && needs.release.outputs.latest_commit == github.sha",
    tools: { node: { version: NODE }, ...tools },
    steps: [
      github.WorkflowSteps.downloadArtifact({
        name: 'Download build artifacts',
        with: { artifactIds: ['${{ needs.release.outputs.artifact_id }}'], path: 'dist' },
      }),
      { name: 'Release', run: `npx -p publib@${PUBLIB} ${publib} ${folder}`, env: { ...env, PUBLIB_DRYRUN: '${{ inputs.dry_run }}' } },
    ],
  };
}

const NPM = { NPM_DIST_TAG: 'latest', NPM_REGISTRY: 'registry.npmjs.org', NPM_CONFIG_PROVENANCE: 'true', NPM_TRUSTED_PUBLISHER: 'true' };

/** Adds what projen does not know: the checks, the packages that are published beside the library's, the weekly drift check. */
export function addWorkflows(project: cdk.JsiiProject): void {
  for (const [id, check] of Object.entries(checks())) project.buildWorkflow!.addPostBuildJob(id, check);
  project.release!.addJobs(checks());
  const others: Record<string, Job> = {
    release_cdktn_npm: publishing('Publish cdktn-alicloud-ipv6 to npm', 'publib-npm', 'dist/cdktn/js', NPM),
    release_command_npm: publishing('Publish alicloud-ipv6 to npm', 'publib-npm', 'dist/command/js', NPM),
    release_cdktn_pypi: publishing('Publish cdktn-alicloud-ipv6 to PyPI', 'publib-pypi', 'dist/cdktn/python', { PYPI_TRUSTED_PUBLISHER: 'true' }, { python: PYTHON }),
  };
  project.release!.addJobs(others);

  // projen's own jobs would publish before the checks end, and with toolchains older than those that the languages maintain.
  const workflow = (name: string) => project.github!.tryFindWorkflow(name)!.file!;
  for (const registry of ['npm', 'maven', 'pypi', 'golang']) {
    workflow('release').patch(JsonPatch.add(`/jobs/release_${registry}/needs`, ['release', ...Object.keys(checks())]));
  }
  // The tag comes with the release on GitHub, when everything is published.
  workflow('release').patch(...Object.keys(others).map((id) => JsonPatch.add('/jobs/release_github/needs/-', id)));
  for (const [name, jobs] of Object.entries({ build: ['package-java', 'package-python', 'package-go'], release: ['release_maven', 'release_pypi', 'release_golang'] })) {
    const [java, python, go] = jobs.map((id) => `/jobs/${id}/steps`);
    workflow(name).patch(
      JsonPatch.replace(`${java}/0/with/java-version`, JAVA.version),
      JsonPatch.replace(`${python}/1/with/python-version`, PYTHON.version),
      JsonPatch.replace(`${go}/1/with/go-version`, GO.version),
    );
  }

  project.release!.publisher.addGitHubPostPublishingSteps({
    name: 'Attach the bills of materials',
    if: '${{ !inputs.dry_run }}',
    run: 'gh release upload "$(cat dist/releasetag.txt)" dist/sbom/*.json --clobber',
    env: { GH_TOKEN: '${{ secrets.GITHUB_TOKEN }}', GH_REPO: '${{ github.repository }}' },
  });

  const drift = new github.GithubWorkflow(project.github!, 'provider-drift');
  drift.on({ schedule: [{ cron: '0 6 * * 1' }], workflowDispatch: {} });
  drift.addJob('drift', job('Compare with the newest provider', { node: { version: NODE } }, [
    { name: 'Install Terraform', uses: 'hashicorp/setup-terraform@v3', with: { terraform_version: ENGINES[0].version, terraform_wrapper: false } },
    {
      name: 'Ask the newest provider for its schema',
      run: [
        'mkdir "$RUNNER_TEMP/newest" && cd "$RUNNER_TEMP/newest"',
        'echo \'{"terraform": {"required_providers": {"alicloud": {"source": "aliyun/alicloud"}}}}\' > main.tf.json',
        'terraform init -input=false',
        'terraform providers schema -json > schema.json',
      ].join('\n'),
    },
    { name: 'Say what of it concerns the library', run: 'npm run provider:drift -- --schema "$RUNNER_TEMP/newest/schema.json"' },
  ]));
}
