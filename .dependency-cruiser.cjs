// The layers of ARCHITECTURE.md: domain <- engine <- {steps, adapters, cards} <- {workflows, bot} <- app. Arrows mean "may be imported by".
// Types count. Every rule's comment says where code that breaks it belongs.

/** Everything of ours that a layer may not reach, as one pattern; packages and Node's own modules are other rules' matter. */
const oursExcept = (...layers) => `^src/(?!(${layers.join('|')})/)`;

/** `npm start`, `npx latchkey`, `npm run sandbox`. */
const entries = '^src/(app/main|app/cli-entry|sandbox/cli)\\.ts$';

module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment:
        'The domain knows itself and node:crypto. What needs a package, a file, a clock or the wire is a port in src/engine/ports with an adapter in src/adapters.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: ['^src/domain/', '^(node:)?crypto$'] },
    },
    {
      name: 'engine-knows-ports-only',
      comment:
        'A use case imports the domain and the engine, no package and no layer above. Speak to a port in src/engine/ports; what it is made of belongs in src/adapters, what it looks like in src/cards.',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: { pathNot: ['^src/domain/', '^src/engine/'] },
    },
    {
      name: 'steps-speak-to-ports',
      comment:
        'A step imports the domain, engine/step, engine/ports and zod. Anything about cases, parts or cards belongs in the engine; anything about HTTP in src/adapters.',
      severity: 'error',
      from: { path: '^src/steps/' },
      to: { pathNot: ['^src/domain/', '^src/engine/(step\\.ts$|ports/)', '^src/steps/', '(^|/)node_modules/zod/'] },
    },
    {
      name: 'steps-do-not-know-steps',
      comment:
        'A step never uses another step: what must come first is said in `after`. Reading that two steps share goes into a read-*.ts (or another file without an id) in the folder.',
      severity: 'error',
      from: { path: '^src/steps/' },
      to: { path: '^src/steps/', pathNot: '^src/steps/[^/]+/(read-[^/]+|full-access|membership|reply-text|sku-names)\\.ts$' },
    },
    {
      name: 'adapters-speak-for-the-engine',
      comment: 'An adapter implements a port of the engine. It never imports steps, workflows, cards, the bot or the app.',
      severity: 'error',
      from: { path: '^src/adapters/' },
      to: { path: oursExcept('domain', 'engine', 'adapters') },
    },
    {
      name: 'adapters-use-ports-not-use-cases',
      comment: 'An adapter implements ports; it runs no use case. Let src/app hand it what it has to call, as a function.',
      severity: 'error',
      from: { path: '^src/adapters/' },
      to: { path: '^src/engine/', pathNot: '^src/engine/ports/' },
    },
    {
      name: 'adapters-are-strangers',
      comment: 'Two adapters never meet. Let src/app hand one to the other as a function, or give the engine a port.',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
    },
    {
      name: 'cards-show-the-domain',
      comment: 'A card is a view of the domain. Fetching belongs in the bot or the engine; the view gets what it needs as data.',
      severity: 'error',
      from: { path: '^src/cards/' },
      to: { path: oursExcept('domain', 'engine', 'cards') },
    },
    {
      name: 'workflows-list-steps',
      comment: 'A workflow names steps in their order. Anything else belongs in the step or in the engine.',
      severity: 'error',
      from: { path: '^src/workflows/' },
      to: { path: oursExcept('domain', 'engine', 'steps', 'workflows') },
    },
    {
      name: 'bot-knows-no-sdk',
      comment: 'The bot answers in domain words through engine ports. What is Teams about it belongs in src/adapters/teams.',
      severity: 'error',
      from: { path: '^src/bot/' },
      to: { path: oursExcept('domain', 'engine', 'cards', 'workflows', 'bot') },
    },
    {
      name: 'sandbox-stands-alone',
      comment:
        'The simulated tenant must not share a mistake with what it tests: it imports nothing from the rest. Write it there once more, from the documentation.',
      severity: 'error',
      from: { path: '^src/sandbox/' },
      to: { path: oursExcept('sandbox') },
    },
    {
      name: 'sandbox-is-started-by-app',
      comment: 'Only src/app starts the simulated tenant or asks for its firm. The rest meets it over HTTP, like the real one.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(app|sandbox)/' },
      to: { path: '^src/sandbox/' },
    },
    {
      name: 'nobody-imports-app',
      comment: 'src/app puts everything together and is imported by nobody. What others need of it is a port or an argument.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/app/' },
      to: { path: '^src/app/' },
    },
    {
      name: 'bot-framework-in-adapters-teams',
      comment: 'Only src/adapters/teams knows the Bot Framework. Elsewhere use InboundMessage, InboundAction and Reply of engine/ports/chat.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/teams/' },
      to: { path: '(^|/)node_modules/(botbuilder|botframework-[^/]+|@microsoft/teams-ai)(/|$)' },
    },
    {
      name: 'sql-in-adapters-store',
      comment: 'Only src/adapters/store knows SQL. Elsewhere use the Store port.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/store/' },
      to: { path: '(^|/)node_modules/(better-sqlite3|pg|@types/(better-sqlite3|pg))(/|$)' },
    },
    {
      name: 'graph-sdk-in-adapters-graph',
      comment: 'Only src/adapters/graph knows the Graph SDK. Elsewhere use the Graph port.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/graph/' },
      to: { path: '(^|/)node_modules/@microsoft/microsoft-graph-' },
    },
    {
      name: 'identity-in-adapters-identity',
      comment: 'Only src/adapters/identity asks Entra for tokens. Elsewhere take a TokenSource.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/identity/' },
      to: { path: '(^|/)node_modules/@azure/' },
    },
    {
      name: 'no-cycles',
      comment: 'No import cycle, types included. Move what both need into a file of its own, in the lower layer.',
      severity: 'error',
      from: { path: '^(src|test|bench)/' },
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that cannot be found is not checked either. Mend the path, or the alias in package.json "imports".',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'not-to-test',
      comment: 'What runs never imports from test or bench. Move it to src.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'not-to-dev-dependencies',
      comment: 'What runs needs only what is installed with it: move the package from devDependencies to dependencies.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
    {
      name: 'only-declared-packages',
      comment: 'The package is not in package.json: it is there by chance. Declare it, or take another way.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'reachable-from-an-entry',
      comment: 'Nothing starts this: neither `npm start` nor the CLI nor `npm run sandbox` reaches it. Use it or delete it.',
      severity: 'error',
      from: { path: entries },
      to: { path: '^src/', pathNot: entries, reachable: false },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      // Without `source` the aliases lead to dist/, which does not exist: nothing resolves and nothing seems wrong.
      conditionNames: ['source', 'import', 'node', 'default'],
      mainFields: ['main', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
