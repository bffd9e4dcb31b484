// Who may import whom. `npm run check` reads this; server/test/boundaries plants a violation of every rule and wants it found,
// because a cruiser that sees no modules (an unknown TypeScript, for example) would find none in silence.
// `kernelOrder` is the kernel's order of dependence: a module may import only those before it.
const source = "^server/src/";
const kernelOrder = [
  "identity",
  "files",
  "notifications",
  "ledger",
  "payments",
  "deals",
  "reviews",
  "risk",
  "referrals",
  "support",
];
const tests = "\\.(test|deep|story)\\.tsx?$";

// Pure files, and the words that the bot and the Mini App share.
const shared = "/(shapes|rules|errors|(copy|words)\\.(ru|en))\\.ts$";

const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

const floors = [
  rule("no-cycles", "A cycle has no layer; move what both need below both.", {}, { circular: true }),
  rule(
    "platform-is-the-floor",
    "The platform has no domain words; of the gateways it may know the ports.",
    { path: `${source}platform/`, pathNot: tests },
    { path: source, pathNot: [`${source}platform/`, `${source}gateways/[^/]+/port\\.ts$`] },
  ),
  rule(
    "gateways-know-no-domain",
    "A gateway speaks to the outside and translates; deciding is the kernel's.",
    { path: `${source}gateways/`, pathNot: tests },
    { path: source, pathNot: `${source}(platform|gateways)/` },
  ),
  rule(
    "gateways-are-strangers",
    "One gateway does not call another.",
    { path: `${source}gateways/([^/]+)/` },
    { path: `${source}gateways/[^/]+/`, pathNot: `${source}gateways/$1/` },
  ),
  rule(
    "nothing-imports-the-top",
    "app, main and modules put things together and are put together by nobody.",
    { path: `${source}(platform|gateways|kernel|markets|reports)/`, pathNot: tests },
    { path: `${source}(app|main|modules)\\.ts$` },
  ),
];

const modules = [
  rule(
    "kernel-knows-no-market",
    "The kernel answers markets by job.",
    { path: `${source}kernel/` },
    { path: `${source}(markets|reports)/` },
  ),
  ...kernelOrder
    .slice(0, -1)
    .map((module, index) =>
      rule(
        `kernel-order-${module}`,
        `${module} comes before what it imports here.`,
        { path: `${source}kernel/${module}/` },
        { path: `${source}kernel/(${kernelOrder.slice(index + 1).join("|")})/` },
      ),
    ),
  rule(
    "markets-are-strangers",
    "A market can be taken out without another noticing.",
    { path: `${source}markets/([^/]+)/` },
    { path: `${source}markets/`, pathNot: `${source}markets/$1/` },
  ),
  rule(
    "front-door-only",
    "Another module is entered by its index or its shapes.",
    { path: `${source}(kernel|markets)/([^/]+)/` },
    { path: `${source}kernel/`, pathNot: [`${source}$1/$2/`, "/(index|shapes)\\.ts$"] },
  ),
  rule(
    "reports-are-a-leaf",
    "Reports read everything, so nothing may lean on them.",
    { path: `${source}(kernel|markets|platform|gateways)/` },
    { path: `${source}reports/` },
  ),
  rule(
    "outside-only-through-ports",
    "The kernel and the markets see what a gateway can, not which provider does it.",
    { path: `${source}(kernel|markets|reports)/`, pathNot: tests },
    { path: `${source}gateways/`, pathNot: "/port\\.ts$" },
  ),
];

const files = [
  rule(
    "pure-files-stay-pure",
    "rules, shapes and errors run anywhere, the browser included.",
    { path: `${source}.*/(rules|shapes|errors)\\.ts$` },
    { path: source, pathNot: "/(rules|shapes|errors)\\.ts$" },
  ),
  rule(
    "edges-do-not-see-tables",
    "Routes and the bot parse, call one verb or query, and render.",
    { path: `${source}(kernel|markets)/.*(routes|admin|bot)\\.ts$` },
    { path: ["/tables\\.ts$", `${source}platform/db\\.ts$`] },
  ),
  rule(
    "verbs-do-not-see-edges",
    "A use case does not know who asks for it.",
    { path: `${source}(kernel|markets)/`, pathNot: ["/module\\.ts$", tests] },
    { path: `${source}(kernel|markets)/.*/(routes|admin|bot|workers|module)\\.ts$` },
  ),
];

const web = [
  rule(
    "web-runs-only-shapes",
    "Of the server's code the browser runs pure files and words, nothing else.",
    { path: "^web/", pathNot: tests },
    { path: "^server/", pathNot: shared, dependencyTypesNot: ["type-only"] },
  ),
  rule(
    "web-types-only-routes",
    "Of the server's types the browser sees shapes and routes.",
    { path: "^web/", pathNot: tests },
    { path: "^server/", pathNot: [shared, "/(routes|admin)\\.ts$"] },
  ),
  rule(
    "features-are-strangers",
    "A feature can be taken out without another noticing.",
    { path: "^web/(miniapp|admin)/src/features/([^/]+)/" },
    { path: "^web/$1/src/features/", pathNot: "^web/$1/src/features/$2/" },
  ),
  rule(
    "web-kernel-knows-no-feature",
    "What features share does not know them.",
    { path: "^web/(miniapp|admin)/src/kernel/" },
    { path: "^web/$1/src/(features|app)/" },
  ),
  rule(
    "features-do-not-see-app",
    "The app puts features together.",
    { path: "^web/(miniapp|admin)/src/features/" },
    { path: "^web/$1/src/app/" },
  ),
  rule(
    "kit-is-the-web-floor",
    "The kit serves every app.",
    { path: "^web/kit/" },
    { path: "^web/(miniapp|admin)/" },
  ),
];

const outside = [
  rule(
    "chain-stands-alone",
    "Contracts and their wrappers are used by the product, the tests and the local chain, and know none of them.",
    { path: "^chain/" },
    { path: "^(server|web|local)/" },
  ),
  rule(
    "chain-through-its-gateway",
    "The server reaches contracts through gateways/ton.",
    { path: source, pathNot: [`${source}gateways/ton/`, tests] },
    { path: "^chain/" },
  ),
  rule(
    "local-knows-no-product",
    "A stand-in that shares code with the product would share its mistakes.",
    { path: "^local/" },
    { path: "^(server|web)/" },
  ),
  rule(
    "local-parts-are-strangers",
    "Each stand-in is a system of its own; they meet over their protocols.",
    { path: "^local/([^/]+)/", pathNot: tests },
    { path: "^local/[^/]+/", pathNot: "^local/$1/" },
  ),
  rule(
    "product-knows-no-local",
    "Nothing in the product knows that the local world exists; tests do.",
    { path: "^(server/src|web|chain)/", pathNot: tests },
    { path: "^local/" },
  ),
];

module.exports = {
  forbidden: [...floors, ...modules, ...files, ...web, ...outside],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["(^|/)(dist|build|node_modules)/"] },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".js", ".json"] },
  },
};
