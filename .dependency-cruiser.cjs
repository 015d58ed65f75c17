// Who may import whom. The order of rooms comes from src/rooms.ts; each comment teaches what to do.
const { rooms } = require('./src/rooms.ts')

const ours = '^(src|web|town|simulator|stories|bench|tests|scripts)/'
const test = '\\.test\\.tsx?$|/testing/'
const anyRoom = `^src/(${rooms.join('|')})/`
const name = (room) => room.split('/')[1]

const upwards = rooms.slice(0, -1).map((room, at) => {
  const above = rooms.slice(at + 1)
  const names = above.map(name).join(', ')
  return {
    name: `${name(room)}-leans-only-on-rooms-before-it`,
    severity: 'error',
    comment: `${name(room)} may not import ${names}: they stand above it or to its right. Tell an event instead, or put what both need into a room below both.`,
    from: { path: `^src/${room}/`, pathNot: test },
    to: { path: `^src/(${above.join('|')})/` },
  }
})

const doors = rooms.map((room) => ({
  name: `${name(room)}-has-one-door`,
  severity: 'error',
  comment: `Enter ${name(room)} by its door: import from src/${room}/index.ts, and if the door lacks it, ask whether it should have it. Contracts (api.ts) may share wire shapes among themselves.`,
  from: {
    path: '^(src|bench|scripts)/',
    pathNot: [`^src/${room}/`, '^src/contracts\\.ts$', test, '/api\\.ts$', '^scripts/generate/'],
  },
  to: { path: `^src/${room}/`, pathNot: `^src/${room}/index\\.ts$` },
}))

/** Inside a room: which file may import which of its neighbours. */
const inside = [
  ['types', ['types'], 'types.ts are nouns: nothing that runs'],
  ['api', ['types', 'api'], 'a contract is written before anything that serves it'],
  ['decide', ['types'], 'a decision gets its facts as arguments'],
  [
    'store',
    ['types', 'tables\\.gen'],
    'the store only reads and writes; deciding is for decide.ts',
  ],
  [
    'routes',
    ['api', 'actions', 'types'],
    'a route only ties a contract to an action; loading is for actions.ts',
  ],
].map(([file, may, why]) => ({
  name: `${file}-keeps-to-itself`,
  severity: 'error',
  comment: `${file}.ts may import, in its own room, only ${may.join(', ')}: ${why}.`,
  from: { path: `^(src/(?:${rooms.join('|')}))/${file}\\.ts$` },
  // A part with a door of its own inside the room is as good as the file itself; types ship
  // nothing.
  to: {
    path: '^$1/',
    pathNot: `^$1/((${may.join('|')})\\.ts$|[a-z-]+/index\\.ts$)`,
    dependencyTypesNot: ['type-only'],
  },
}))

const pure = {
  name: 'pure-files-touch-no-machine',
  severity: 'error',
  comment:
    'types, api and decide import the kernel and nothing that runs on a machine: hand facts and now in as arguments.',
  from: { path: `${anyRoom}(types|api|decide)\\.ts$` },
  to: {
    path: '^src/platform/|^(node:)?(fs|net|http|child_process|timers|crypto)|node_modules/(pg|fastify|aedes|kysely|mqtt)/',
  },
}

const floors = [
  {
    name: 'kernel-imports-nobody',
    severity: 'error',
    comment:
      'The kernel is the vocabulary of all and also runs in the browser: it imports nothing of ours. Move the thing down, or hand it in.',
    from: { path: '^src/kernel/', pathNot: test },
    to: { path: ours, pathNot: '^src/kernel/' },
  },
  {
    name: 'platform-imports-only-kernel',
    severity: 'error',
    comment:
      'The platform knows no word of the domain: it could serve a bakery. What a room needs of it, the room brings along.',
    from: { path: '^src/platform/', pathNot: test },
    to: { path: ours, pathNot: '^src/(kernel|platform)/' },
  },
  {
    name: 'nobody-imports-main',
    severity: 'error',
    comment: 'main and program bind everything together, so nothing below them may know them.',
    from: { path: '^(src/(kernel|platform)|web|town|simulator)/|' + anyRoom, pathNot: test },
    to: { path: '^src/(main|program|front|config)\\.ts$' },
  },
  {
    name: 'nothing-imports-tests',
    severity: 'error',
    comment: 'What tests share lives in tests/rig and never reaches the product.',
    from: { path: '^(src|web|town|simulator|scripts)/', pathNot: test },
    to: { path: `^tests/|^stories/|${test}` },
  },
]

const web = [
  {
    name: 'pages-import-the-kernel-and-contracts',
    severity: 'error',
    comment:
      'A page knows the kernel and, by type, the contracts (api.ts, types.ts). Ask an endpoint for the rest.',
    from: { path: '^(web|town|simulator)/', pathNot: test },
    to: { path: '^src/', pathNot: ['^src/kernel/', '/(api|types)\\.ts$'] },
  },
  {
    name: 'pages-take-contracts-by-type',
    severity: 'error',
    comment:
      'Write `import type`: one contract as a value ships 18–40 KB of schema code to every phone.',
    from: { path: '^web/', pathNot: test },
    to: { path: '^src/.*/(api|types)\\.ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'widgets-know-no-page',
    severity: 'error',
    comment: 'Widgets know no domain word: hand texts and data in.',
    from: { path: '^web/ui/', pathNot: test },
    to: { path: '^web/(resident|desk|centre)/' },
  },
]

const hygiene = [
  {
    name: 'no-circle',
    severity: 'error',
    comment: 'Two files that need each other are one file, or need a third below both.',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'no-unknown-import',
    severity: 'error',
    comment:
      'This import leads nowhere: a wrong path, or a package that package.json does not name.',
    from: {},
    to: { couldNotResolve: true, pathNot: '\\.css$|^virtual:' },
  },
  {
    name: 'product-needs-no-developer-tools',
    severity: 'error',
    comment: 'What runs at a neighbourhood stands in dependencies, not in devDependencies.',
    from: { path: '^(src|web|town|simulator)/', pathNot: test },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
]

module.exports = {
  forbidden: [...floors, ...upwards, ...doors, ...inside, pure, ...web, ...hygiene],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.lilong)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
}
