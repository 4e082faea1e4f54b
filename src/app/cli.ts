import { Command, CommanderError } from 'commander';
import { runDoctor } from '#app/cli/doctor';
import { runPackage } from '#app/cli/package';
import { runPermissions } from '#app/cli/permissions';
import { runPlan } from '#app/cli/plan';
import { runPolicy, runPolicyDiff, writePolicySchema } from '#app/cli/policy';
import { runVerify } from '#app/cli/verify';
import { type Config, configOfProcess } from '#app/config';
import { OperatorError } from '#app/operator-error';
import { Failure } from '#domain/failure';
import type { Workflow } from '#engine/workflow';
import { leaver } from '#workflows/leaver';

const workflows: readonly Workflow[] = [leaver];

export interface CliSurroundings {
  /** Read when a command needs it: `help` works without settings. */
  readonly config: () => Config;
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** Runs one command. Answers its exit code: 0 when all is well, 1 when not, 2 when it was asked wrongly. */
export async function runCli(args: readonly string[], surroundings: CliSurroundings): Promise<number> {
  let code = 0;
  const program = programFor(surroundings, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof OperatorError) && !(error instanceof Failure)) throw error;
    surroundings.complain(error.message);
    return 1;
  }
}

function programFor({ config, print, complain }: CliSurroundings, done: (code: number) => void): Command {
  const program = new Command('latchkey')
    .description('Joiners, movers and leavers for Microsoft 365')
    .exitOverride()
    .configureOutput({ writeOut: (text) => print(text.trimEnd()), writeErr: (text) => complain(text.trimEnd()) });
  program
    .command('doctor')
    .description('says what is missing before Latchkey can work with the tenant, and how to mend it; reads only')
    .action(async () => done(await runDoctor(config(), workflows, print)));
  program
    .command('plan <kind> <user...>')
    .description('dry run against the tenant: what a leaver would change for somebody; reads only')
    .action(async (kind: string, user: readonly string[]) => {
      const workflow = workflows.find((known) => known.kind === kind.toLowerCase());
      if (!workflow)
        throw new OperatorError(`"${kind}" cannot be planned; known is ${workflows.map((w) => w.kind).join(', ')}.`);
      done(await runPlan(config(), workflow, user.join(' '), print));
    });
  program
    .command('verify [database]')
    .description('checks the evidence: every chain, every checkpoint; names the first bad row')
    .option('--tenant <id>', 'whose evidence; default AZURE_TENANT_ID, in sandbox mode the simulated firm')
    .option('--allowed-signers <file>', 'public key of the checkpoints, where the key itself is not at hand')
    .option('--heads <file>', 'a heads.txt kept outside the database, to hold it against')
    .action(
      async (database: string | undefined, given: { tenant?: string; allowedSigners?: string; heads?: string }) => {
        const { tenant, ...files } = given;
        const request = { ...files, ...(database ? { database } : {}), ...(tenant ? { tenantId: tenant } : {}) };
        done(await runVerify(config(), request, print));
      },
    );
  const policy = program
    .command('policy [file]')
    .description('checks the policy file')
    .option('--write-schema <path>', 'writes the JSON schema for editors instead')
    .action(async (file: string | undefined, { writeSchema }: { writeSchema?: string }) =>
      done(writeSchema ? await writePolicySchema(writeSchema, print) : await runPolicy(config(), file, print)),
    );
  policy
    .command('diff [file]')
    .description('says what differs between the rules in force and the policy file')
    .option('--tenant <id>', 'whose rules; default AZURE_TENANT_ID, in sandbox mode the simulated firm')
    .action(async (file: string | undefined, { tenant }: { tenant?: string }) =>
      done(await runPolicyDiff(config(), file, tenant, print)),
    );
  program
    .command('permissions')
    .description('writes the page on permissions from the steps')
    .option('--out <path>', 'where to', 'docs/permissions.md')
    .action(async ({ out }: { out: string }) => done(await runPermissions(workflows, out, print)));
  program
    .command('package')
    .description('makes the app package for Teams from the settings')
    .option('--folder <path>', 'where manifest and icons are', 'appPackage')
    .action(async ({ folder }: { folder: string }) => done(await runPackage(config(), folder, print)));
  return program;
}

/** For the launcher in `bin/`: settings of the process, its streams, its exit code. */
export async function main(args: readonly string[]): Promise<void> {
  process.exitCode = await runCli(args, {
    config: configOfProcess,
    print: (line) => console.log(line),
    complain: (line) => console.error(line),
  });
}
