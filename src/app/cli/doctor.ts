import { z } from 'zod';
import { checkBotIdentity } from '#adapters/teams/bot-identity';
import { botIdentity } from '#app/bot-identity';
import { checkClock } from '#app/cli/check-clock';
import { checkPeople } from '#app/cli/check-people';
import { checkPermissions } from '#app/cli/check-permissions';
import { checkRoles } from '#app/cli/check-roles';
import { type Finding, looking, missing, note, ok } from '#app/cli/finding';
import { readGranted } from '#app/cli/granted';
import { type OpenTenant, openTenant } from '#app/cli/open-tenant';
import type { Config } from '#app/config';
import type { ConnectedTenant } from '#app/connect-tenant';
import { OperatorError } from '#app/operator-error';
import { loadPolicy } from '#app/policy-file';
import type { Policy } from '#domain/policy';
import type { Workflow } from '#engine/workflow';

const signs = { ok: 'ok      ', note: 'note    ', missing: 'MISSING ' } as const;

/**
 * Says what is missing before Latchkey can work with the tenant, what it is for and how to mend it; reads only. 0 when nothing is
 * missing, else 1. In observe mode only what reading needs is asked for.
 */
export async function runDoctor(
  config: Config,
  workflows: readonly Workflow[],
  print: (line: string) => void,
): Promise<number> {
  const counts = { ok: 0, note: 0, missing: 0 };
  const say = (findings: readonly Finding[]) => {
    for (const { level, text } of findings) {
      counts[level] += 1;
      print(`${signs[level]}${text}`);
    }
  };
  say([ok(`Settings: ${config.mode} mode`), ...checkBot(config)]);
  const policy = await readPolicy(config);
  say(policy.findings);
  const tenant = await tryTenant(config, print);
  if ('findings' in tenant) say(tenant.findings);
  else {
    try {
      for (const check of tenantChecks(tenant, config, workflows, policy.policy)) say(await check());
    } finally {
      await tenant.close();
    }
  }
  print('');
  print(
    counts.missing === 0
      ? `Nothing is missing${counts.note > 0 ? `; ${counts.note} to know` : ''}.`
      : `${counts.missing} missing. Mend these and run it again; a new grant can take some minutes until it counts.`,
  );
  return counts.missing === 0 ? 0 : 1;
}

function tenantChecks(
  tenant: OpenTenant,
  config: Config,
  workflows: readonly Workflow[],
  policy: Policy | undefined,
): readonly (() => Promise<readonly Finding[]>)[] {
  const reading = config.mode === 'observe';
  return [
    () => looking('Microsoft Graph', () => checkToken(tenant, tenant.origins.graph, 'Microsoft Graph')),
    () => looking('Exchange Online', () => checkToken(tenant, tenant.origins.exchange, 'Exchange Online')),
    () =>
      looking('Permissions and roles', async () => {
        const granted = await readGranted(tenant, config.tenant.clientId);
        return [...checkPermissions(granted, workflows, reading), ...checkRoles(granted, workflows, reading)];
      }),
    () => looking('Exchange cmdlets (every mailbox step and groups.leave-lists)', () => checkExchange(tenant)),
    async () => (policy ? checkPeople(tenant.graph, policy) : []),
    () => looking('The time', () => checkClock(tenant)),
  ];
}

function checkBot(config: Config): readonly Finding[] {
  const lack = config.mode === 'observe' ? note : missing;
  const findings: Finding[] = [];
  try {
    const { sandbox, identity } = { sandbox: config.mode === 'sandbox', identity: botIdentity(config) };
    checkBotIdentity(identity, { sandbox, host: config.host });
    findings.push(
      ok(identity.appId ? `Bot: ${identity.appId}` : 'Bot: takes unverified messages, on this machine only'),
    );
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    findings.push(
      lack(`Bot, for everything people do in Teams: ${said} Azure portal > Azure Bot > Configuration has them.`),
    );
  }
  findings.push(
    config.bot.itChannelId
      ? ok(`IT's channel: ${config.bot.itChannelId}`)
      : lack(
          "IT_CHANNEL_ID, where exceptions are posted: Teams > IT's channel > ... > Get link to channel; it is the part 19:…@thread.tacv2, with %3a and %40 read as : and @. Add the app to that team.",
        ),
  );
  return findings;
}

async function readPolicy(
  config: Config,
): Promise<{ readonly policy?: Policy; readonly findings: readonly Finding[] }> {
  try {
    const policy = await loadPolicy(config.policyFile, { sandbox: config.mode === 'sandbox' });
    return { policy, findings: [ok(`Policy: ${config.policyFile}`)] };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { findings: [missing(error.message)] };
  }
}

/** The first question already needs a credential, in sandbox mode a running tenant. */
async function tryTenant(
  config: Config,
  print: (line: string) => void,
): Promise<OpenTenant | { readonly findings: readonly Finding[] }> {
  let tenant: OpenTenant | undefined;
  const findings = await looking('The tenant', async () => {
    tenant = await openTenant(config, print);
    return [];
  });
  return tenant ?? { findings };
}

async function checkToken({ tokens }: ConnectedTenant, origin: string, name: string): Promise<readonly Finding[]> {
  await tokens.token(`${origin}/.default`);
  return [ok(`Token for ${name}`)];
}

async function checkExchange({ exchange }: ConnectedTenant): Promise<readonly Finding[]> {
  await exchange.invoke('Get-Mailbox', { ResultSize: 1 }, z.unknown());
  return [ok('Exchange runs cmdlets for us')];
}
