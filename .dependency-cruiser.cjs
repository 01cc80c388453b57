// The directions in which modules may import each other (docs/architecture.md). `test/checks/imports.test.ts`
// breaks each rule once and expects to be told.

/** An npm package, by its name. */
const packages = (...names) => names.map((name) => `(^|/)node_modules/${name}/`);

const ROOM = '^api/([^/]+)/';
const TESTS = '[.]test[.]ts$|^test/|^bench/';

const ORM = packages('@mikro-orm/[^/]+', 'mikro-orm', 'kysely');
const HOLDS_QUERIES = ['[.]entity[.]ts$', '[.]repository[.]ts$', '[.]sql[.]ts$', '^api/db/', '^api/events/'];

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    never('no-cycles', 'Modules that need each other are one module, or one of them needs an interface.', {}, { circular: true }),
    never('no-missing', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
    never('no-dev-package-at-run-time', 'What runs in production is a dependency, not a devDependency.',
      { path: '^(api|workers)/', pathNot: TESTS },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] }),

    // main → context → routes → service → repository → entity
    never('entities-know-nothing-above', 'An entity is a table.',
      { path: '^api/.+[.]entity[.]ts$' },
      { path: '^api/.+[.](repository|service|routes|presenter|events|sockets)[.]ts$' }),
    never('repositories-know-entities-only', 'Queries know neither rules nor the wire.',
      { path: '^api/.+[.](repository|sql)[.]ts$' },
      { path: '^api/.+[.](service|routes|presenter|sockets)[.]ts$' }),
    never('repositories-record-nothing', 'Events are recorded by services, inside the unit of work.',
      { path: '^api/.+[.](repository|sql)[.]ts$' },
      { path: '^api/.+[.]events[.]ts$', dependencyTypesNot: ['type-only'] }),
    never('services-know-no-routes', 'Rules know neither HTTP nor sockets.',
      { path: '^api/.+[.](service|presenter|events)[.]ts$' },
      { path: '^api/.+[.](routes|sockets)[.]ts$' }),
    never('presenters-know-no-services', 'A presenter turns a row into the shape on the wire, and asks nobody.',
      { path: '^api/.+[.]presenter[.]ts$' },
      { path: '^api/.+[.]service[.]ts$', dependencyTypesNot: ['type-only'] }),
    never('routes-know-services-only', 'A route asks its service; it does not query.',
      { path: '^api/.+[.](routes|sockets)[.]ts$', pathNot: TESTS },
      { path: '^api/.+[.](repository|entity|sql)[.]ts$' }),
    never('rooms-know-no-composition', 'main → context → rooms, never backwards; a room is given what it needs. A .cli.ts is a main.',
      { path: '^(api/[^/]+/|widgets/)', pathNot: ['[.]cli[.]ts$', TESTS] },
      { path: '^api/[^/]+[.]ts$', pathNot: '^api/config[.]ts$' }),
    never('context-knows-no-process', 'The context is built by whoever starts a process.',
      { path: '^api/context[.]ts$' },
      { path: '^api/(main|server|app|handlers|socket-handlers)[.]ts$' }),

    // Every library behind one door
    never('orm-in-repositories', 'The ORM and SQL stay in entities, repositories, db/ and events/; the context owns the connection.',
      { path: '^(api|workers|widgets)/', pathNot: [...HOLDS_QUERIES, '^api/context[.]ts$', TESTS] },
      { path: ORM }),
    never('sql-in-repositories', '`sql` comes out of db.ts for repositories; everybody else takes the type of a connection at most.',
      { path: '^(api|workers|widgets)/', pathNot: [...HOLDS_QUERIES, '^api/context[.]ts$', TESTS] },
      { path: '^api/db/db[.]ts$', dependencyTypesNot: ['type-only'] }),
    never('express-at-the-edge', 'Express stays in app.ts, http/ and routes.',
      { path: '^(api|workers|widgets)/', pathNot: ['^api/app[.]ts$', '^api/http/', '[.]routes[.]ts$'] },
      { path: packages('express', '@types/express') }),
    never('bullmq-in-queues', 'BullMQ stays in queues/ and workers/.',
      { path: '^(api|workers|widgets)/', pathNot: ['^api/queues/', '^workers/'] },
      { path: packages('bullmq') }),
    never('socket-io-in-realtime', 'Socket.IO stays in realtime/; its client in widgets/.',
      { path: '^(api|workers|widgets)/', pathNot: '^api/realtime/' },
      { path: packages('socket[.]io', 'engine[.]io') }),
    never('redis-behind-doors', 'Redis stays in cache/, queues/, realtime/ and http/; the context owns the connection.',
      { path: '^(api|workers|widgets)/', pathNot: ['^api/(cache|queues|realtime|http)/', '^api/context[.]ts$', TESTS] },
      { path: packages('ioredis', 'rate-limit-redis', '@socket[.]io/redis-adapter') }),
    never('mail-behind-one-door', 'Mail is queued with the mail room, which alone talks to a server.',
      { path: '^(api|workers|widgets)/', pathNot: '^api/mail/' },
      { path: packages('nodemailer') }),
    never('buckets-in-storage', 'What files are kept in is known to storage/ alone.',
      { path: '^(api|workers|widgets)/', pathNot: '^api/storage/' },
      { path: packages('@aws-sdk/[^/]+', '@smithy/[^/]+') }),

    // The contract stops at the edge
    never('contract-types-at-the-edge', 'Types generated from the contract stop at routes and presenters.',
      { path: '^(api|workers)/', pathNot: ['[.](routes|presenter)[.]ts$', '^api/http/handler[.]ts$', TESTS] },
      { path: '^api/http/contract[.]types[.]ts$' }),

    // Rooms
    never('no-foreign-repository', 'A room talks to another room through its service or its events, never its repository.',
      { path: ROOM, pathNot: ['^api/db/unit-of-work[.]ts$', TESTS] },
      { path: '^api/[^/]+/.+[.]repository[.]ts$', pathNot: ['^api/$1/', '^api/events/'] }),
    never('sql-fragments-for-repositories', 'A definition of a number is shared as SQL between repositories, and with nobody else.',
      { path: '^(api|workers|widgets)/', pathNot: ['[.](repository|sql)[.]ts$', TESTS] },
      { path: '^api/.+[.]sql[.]ts$' }),
    never('no-foreign-entity', 'Another room\'s table is its own business; the words of its columns may be used as types.',
      { path: ROOM, pathNot: ['^api/db/', TESTS] },
      { path: '^api/[^/]+/.+[.]entity[.]ts$', pathNot: '^api/$1/', dependencyTypesNot: ['type-only'] }),
    never('no-foreign-route', 'Rooms do not call each other over HTTP handlers.',
      { path: ROOM, pathNot: TESTS },
      { path: '^api/[^/]+/.+[.](routes|sockets)[.]ts$', pathNot: '^api/$1/' }),

    // Processes
    never('api-knows-no-worker', 'workers/ may import api/, never the reverse.',
      { path: '^api/', pathNot: TESTS },
      { path: '^workers/' }),
    never('processors-are-thin', 'A processor calls a service; it does not query.',
      { path: '^workers/' , pathNot: TESTS },
      { path: '^api/.+[.](repository|entity|sql)[.]ts$', dependencyTypesNot: ['type-only'] }),
    never('nobody-knows-tests-and-tools', 'What runs in production imports neither tests, benches nor start-up scripts.',
      { path: '^(api|workers|widgets)/', pathNot: TESTS },
      { path: '^(test|bench|deploy|examples)/' }),

    // Widgets
    never('widgets-know-types-only', 'Widgets import widgets/, and of the API nothing but the types of its contract.',
      { path: '^widgets/', pathNot: TESTS },
      { path: '^(api|workers|test|bench|deploy|examples)/', dependencyTypesNot: ['type-only'] }),
    never('widgets-know-the-contract-only', 'The contract is all that widgets know of the API.',
      { path: '^widgets/', pathNot: TESTS },
      { path: '^(api|workers)/', pathNot: '^api/http/contract[.]types[.]ts$' }),
    never('widgets-run-in-browsers', 'Node has no place in a browser.',
      { path: '^widgets/', pathNot: [TESTS, '^widgets/((gallery/)?vite[.]config|size)[.]ts$'] },
      { dependencyTypes: ['core'] }),
    never('nobody-imports-widgets', 'Servers do not import widgets.',
      { path: '^(api|workers|deploy)/' },
      { path: '^widgets/' }),
    never('no-barrels', 'widgets/index.ts is the one barrel, and it is for the outside.',
      { path: '^(api|workers|widgets)/', pathNot: TESTS },
      { path: '(^|/)index[.]ts$', pathNot: 'node_modules' }),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^dist/'] },
    exclude: { path: ['^dist/', '^[.]data/', '^examples/.+/node_modules/'] },
    // Types count: a type of the wrong layer is the first step to its values.
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], mainFields: ['module', 'main', 'types'] },
    moduleSystems: ['es6', 'cjs'],
    skipAnalysisNotInRules: true,
  },
};
