/**
 * What a protection looks like in code, as data: the words of names that protect, the settings that switch a protection on or off, and values that are
 * weaker than others. Names are compared as words (`words.ts`), so one row stands for all spellings in all languages.
 */
import type { CheckKind } from './report.js';
import type { Severity } from '../model/rule.js';

export interface NamedProtection {
  readonly kind: CheckKind;
  /** On the words of a dotted name. */
  readonly name: RegExp;
  /** Only as a call or a decorator, never as a name that is handed over. */
  readonly called?: boolean;
}

const AUTH =
  'auth|authed|authentication|login|logged in|signed in|jwt|bearer|api key|api token|access token|session token|credentials|current user';

/** The first row that fits counts. */
export const NAMED: readonly NamedProtection[] = [
  {
    kind: 'rate-limit',
    // What only waits for the last of several events limits nobody; neither does the end of a limiter.
    name: /(?!.*\b(?:delayer|debounce\w*|dispose|close|destroy|cancel|clear|reset|stop)\b)\b(?:rate limit\w*|ratelimit\w*|limiter|throttle[sd]?|throttling|throttle classes|slow down|slowapi|leaky bucket|token bucket|acquire (?:slot|permit|quota)|check quota|enforce quota|too many requests)\b/,
  },
  {
    kind: 'approval',
    name: /\b(?:confirm|confirm (?:action|with user|before \w+|execution|dangerous|delete|destructive)|ask (?:user|confirm\w*|permission|approval|for approval|human)|get (?:approval|confirmation|user approval)|request (?:approval|confirmation|permission)|require[sd]? (?:approval|confirmation)|need(?:s|ed)? approval|await approval|wait for (?:approval|confirmation)|prompt (?:for )?(?:user|confirm\w*|approval)|prompt (?:user|yes no)|(?<!\b(?:has|open|pending|hidden) )human (?:approval|review|in the loop|input)|approve(?:r)?|approval (?:gate|required|check)|is approved|check approval|user confirm\w*|yes no|can use tool)\b/,
    called: true,
  },
  {
    kind: 'authorization',
    name: /\b(?:(?<!\bfor )authori[sz]e[drs]?|pre authorize|has (?:any )?(?:permissions?|role|scope|access|authority|perm)|check (?:permissions?|access|roles?|scopes?|owner\w*|policy|acl|object permissions?)|require[sd]? (?:permissions?|roles?|admin|scopes?|owner\w*|superuser|staff|access)|(?:permission|role|roles|scope|scopes|admin|staff|staff member|superuser|owner) required|permission required|permission classes|permissions? check|roles allowed|secured|is (?:admin|owner|superuser|staff|admin user|authorized|authorised|allowed user)|(?:ensure|assert|verify|must be|only) (?:is )?(?:admin|owner\w*|permissions?|access|role|tenant|authori[sz]ed)|user passes test|can (?:access|edit|delete|view|read|write|manage|perform)|enforce (?:permission|policy|access|acl|rbac|tenant\w*)|access control|rbac|admin only|owner only|is permitted|guard against idor|belongs to)\b/,
  },
  {
    kind: 'authentication',
    name: new RegExp(
      String.raw`\b(?:(?:require[sd]?|ensure|check|verify|validate|assert|enforce|needs?|must have|with(?! (?:\w+ )*(?:token|tokens|key|keys|credentials?|bearer|user|password)\b)|is (?:valid|a valid)|has valid|valid) (?:\w+ )?(?:${AUTH}|token|user(?! (?:message|content|input|text|prompt|turn|agent|defined)\b)|password|id token)(?! (?:endpoint|endpoints|url|uri|path|type|types|name|field|header|param|params|count|counts|limit|budget|usage|page|route|form|screen|view|button|dialog|provider|model|list)\b)|(?:${AUTH}|token|jwt) (?:required|check|middleware|guard|verify|verification|filter)|authenticate[ds]?(?: \w+)?|is (?:authenticated|authed|logged in|signed in)|logged in|authenticated|login required|auth guard|use guards|verify (?:\w+ )?(?:signature|hmac|mac|webhook|certificate|nonce|state|otp|totp|mfa|csrf|origin|request|sig|hash)|(?:check|validate) (?:\w+ )?(?:signature|hmac|csrf|webhook|nonce|origin|mfa|otp|totp)|signature (?:valid|verify|verified|check)|compare digest|timing safe equal|constant time (?:compare|eq|equals?)|secure compare|construct event|check password hash|bcrypt compare|compare password|argon2 verify|jwt decode|csrf(?: \w+)?|anti forgery|validate anti forgery token|protect from forgery|login manager|session required|get current (?:active )?user|current (?:active )?user dep\w*|http bearer|o auth2 \w+|oauth2 \w+)\b`,
    ),
  },
  {
    kind: 'escaping',
    name: /\b(?:(?:html )?(?<!\b(?:remove|strip|parse|on|handle|press|key) )escape(?! (?:sequences?|codes?|chars?|keys?|pressed|handler)\b)(?:d|s)?(?: (?:html|shell|sql|xml|js|url|attr|string|regexp?|like|markdown|arg|args|shellarg|path|ident\w*|text))?|html escape|escape html|escapeshell\w+|escapeshellarg|htmlspecialchars|(?<!\bdecode )html entities|htmlentities|sanitize[rds]?(?: \w+)?|sanitise[rd]?|bleach|clean html|dompurify|dom purify|purify|purifier|strip tags|strip html|striptags|encode uri(?: component)?|url search params|encodeuri\w*|shlex quote|shell ?quote|quote (?:ident\w*|literal|arg|shell)|regexp quote|xss|redact\w*|mask (?:secret|secrets|token|pii|sensitive)|scrub\w*|neutrali[sz]e\w*|defang|html encode|url encode|inert\w*)\b/,
  },
  {
    kind: 'sandbox',
    // Keeping one alive, asking about one or showing one is not running in one.
    name: /(?<!\b(?:use|resume|pause|stop|start|restart|kill|delete|get|set|list|fetch|find|update|close|create|has|is|on)\b.*)\b(?:sandbox(?:ed|ing)(?: \w+)?|(?<!\b(?:handle|sync|push|pull|read|write|load|save|send|show|render|register|connect|open|upload|download|to|from|of)\b.*)sandbox(?: \w+)?|in sandbox|run (?:in|inside) (?:sandbox|container|docker|jail)|drop (?:privileges|privs|capabilities|root)|chroot|unshare|seccomp\w*|pledge|landlock|firejail|bwrap|bubblewrap|nsjail|isolate[ds]?|set rlimit|setrlimit|restricted (?:globals|builtins|env|python|execution)|jail(?:ed)?|safe (?:globals|builtins))\b/,
  },
  {
    kind: 'tls',
    name: /\b(?:create default context|load verify locations|verify (?:cert|certs|certificate|certificates|hostname|peer|tls|ssl|chain|pin)|check hostname|pin certificate|certificate pinn\w+|hsts|strict transport security|ssl redirect|https redirect|require https|force ssl|force https|enforce https)\b/,
  },
  {
    kind: 'logging',
    // What gives the service that records, or looks at records, records nothing.
    name: /(?<!\b(?:get|use|make|build|init|resolve|inject|provide|setup|configure|load|list|fetch|query|find|search|read|show|prune|export|delete|clear|open|close) )\b(?:audit(?: log| logger| event| trail| record)?(?! (?:\w+ )?(?:service|client|store|factory|repository|pruner|provider|config)\b)|(?:log|record|write|emit) (?:audit|security|access)(?: \w+)?|(?:audit|security) (?:log|logger|event|info|warn|warning|write|record)(?: \w+)?)\b/,
    called: true,
  },
  {
    kind: 'validation',
    name: /\b(?:validat(?:e[drs]?|ion|or|ors|ing)(?: \w+){0,2}|is valid(?: \w+)?|(?:check|assert|ensure|verify) (?:\w+ )?(?:path|url|uri|input|inputs|params?|args?|schema|type|types|bounds|range|size|length|limits?|host|hostname|domain|email|filename|extension|mime|content type|payload|format|exists|safe|allowed|checksum|integrity|sha256|digest|hash)|secure filename|safe (?:join|path|parse)|is (?:allowed|safe|subpath|relative to|within|private|loopback|global|public|whitelisted|allowlisted)(?: \w+)?|allow ?list(?:ed)?|white ?list(?:ed)?|block ?list(?:ed)?|deny ?list(?:ed)?|model validate\w*|(?:\w+ )*(?:schema|validator) (?:parse|safe parse|load|check|assert)|z \w+ parse|full clean|sanity check|helmet|precondition|check (?:not null|argument|state)|(?<!\bis )not (?:null|blank|empty)|verify checksum|guard clause|reject \w+|content security policy)\b/,
  },
];

/** What a value must be for a setting to be safe or not. */
export interface SwitchRow {
  readonly kind: CheckKind;
  /** On the words of the setting's own name. */
  readonly name: RegExp;
  /** On the value's text: with this value the protection is off. */
  readonly off: RegExp;
  /** On the value's text: with this value it is on, and leaving it away loses it, since it is off by default. */
  readonly on?: RegExp;
  readonly severity: Severity;
}

const FALSE = /^(?:false|0|no|off|none|null|nil|undefined|"(?:false|0|no|off|none|disabled?)"|disabled?|never|"never")$/i;
const TRUE = /^(?:true|1|yes|on|always|"(?:true|1|yes|on|always|enabled?)"|enabled?)$/i;

export const SWITCHES: readonly SwitchRow[] = [
  {
    kind: 'tls',
    name: /^(?:verify|ssl verify|verify (?:ssl|tls|certs?|certificates?|peer|host|hostname)|ssl verify (?:peer|host)|tls verify|validate (?:certs?|certificates?|ssl)|check hostname|assert hostname|reject unauthorized|strict ssl|use (?:ssl|tls|https)|(?:ssl|tls|https) (?:enabled|required|redirect)|enable (?:ssl|tls|https)|secure ssl redirect|require (?:ssl|tls|https)|force (?:ssl|https)|node tls reject unauthorized|http ssl verify|ssl check cert\w*)$/,
    off: FALSE,
    severity: 'ERROR',
  },
  {
    kind: 'tls',
    name: /^(?:insecure|insecure skip verify|insecure skip tls verify|tls insecure|ssl insecure|allow insecure(?: \w+)?|danger accept invalid (?:certs|hostnames)|accept invalid certs|trust all(?: certs| certificates)?|skip (?:tls|ssl|cert|certificate)(?: \w+)? ?(?:verify|verification|validation|check)?|skip verify|ignore (?:https|ssl|tls|cert|certificate) errors|git ssl no verify|trust server certificate|disable (?:ssl|tls)(?: \w+)?|uses cleartext traffic)$/,
    off: TRUE,
    severity: 'ERROR',
  },
  // Of a cookie or a connection.
  { kind: 'tls', name: /^secure$/, off: FALSE, severity: 'WARNING' },
  {
    kind: 'validation',
    name: /\b(?:disallow doctype decl|feature secure processing|secure processing)$/,
    off: FALSE,
    on: TRUE,
    severity: 'ERROR',
  },
  {
    kind: 'validation',
    name: /\b(?:external (?:general|parameter) entities|load external dtd|resolve entities|expand entit(?:y references|ies)|load dtd|no ?ent|x ?include aware|support dtd)$/,
    off: TRUE,
    severity: 'ERROR',
  },
  { kind: 'tls', name: /^(?:verify mode|cert reqs|ssl cert reqs)$/, off: /CERT_NONE|verify_none/i, severity: 'ERROR' },
  { kind: 'tls', name: /^(?:ssl ?mode|tls mode)$/, off: /disable|allow|prefer/i, severity: 'WARNING' },
  {
    kind: 'sandbox',
    name: /^(?:sandbox|sandboxed|use sandbox|sandbox (?:enabled|mode)|enable sandbox|context isolation|web security|use docker|network disabled|no new privileges|read only root filesystem|run as non root|restricted|isolated|run in (?:sandbox|container|docker))$/,
    off: /^(?:false|0|no|off|none|null|nil|"(?:off|none|disabled?|danger-full-access|host)"|danger-full-access|none|disabled?)$/i,
    on: TRUE,
    severity: 'ERROR',
  },
  {
    kind: 'sandbox',
    name: /^(?:node integration(?: \w+)*|privileged|allow privilege escalation|enable remote module|dangerously \w+(?: \w+)*|allow dangerous (?!html\b)\w+(?: \w+)*|unsafe (?:mode|eval|exec\w*|code|allow)|trust remote code|host (?:network|pid|ipc)|disable sandbox|no sandbox|skip sandbox|bypass (?:sandbox|permissions|security)(?: \w+)*|allow (?:code execution|unsafe \w+|shell))$/,
    off: TRUE,
    severity: 'ERROR',
  },
  {
    kind: 'approval',
    name: /^(?:require[sd]? (?:\w+ )?(?:approval|confirmation|confirm|review|permission)|need(?:s|ed)? (?:approval|confirmation)|(?:approval|confirmation|confirm) required|confirm|confirm (?:before|actions?|commands?|execution|delete|deletes|writes?)(?: \w+)*|ask (?:before|first|user|permission|for approval|for confirmation)(?: \w+)*|human in the loop|human input mode|human approval|approval (?:policy|mode)|approvals?|interrupt before|always ask|require human(?: \w+)?|permission mode)$/,
    off: /^(?:false|0|no|off|none|null|nil|\[\]|"(?:never|none|off|false|bypass\w*|auto|yolo|no|always[_-]?approve|dontask)"|never|bypass\w*|yolo|full[_-]auto)$/i,
    on: /^(?:true|1|yes|on|always|\["?.+\]|"(?:always|ask|on-request|untrusted|prompt|required|manual|terminate)")$/i,
    severity: 'ERROR',
  },
  {
    kind: 'approval',
    name: /^(?:auto (?:approve|confirm|run|execute|accept|apply|merge)(?: \w+)*|skip (?:confirm\w*|approval|review|permissions?|prompts?)(?: \w+)*|bypass (?:approval|approvals|confirmation|review)(?: \w+)*|yolo(?: mode)?|assume yes|always (?:allow|approve|yes)|yes always|no confirm|force yes|unattended|dangerously skip permissions)$/,
    off: TRUE,
    severity: 'ERROR',
  },
  {
    kind: 'authentication',
    name: /^(?:auth required|require[sd]? (?:auth|authentication|login|token|api key|mfa|2fa)|authentication(?: (?:enabled|required))?|auth enabled|enable auth(?:entication)?|login required|protected|mfa (?:required|enabled)|verify (?:signature|exp|aud|iss|nbf|token|jwt|webhook|email)|verify token|validate (?:issuer|audience|lifetime|token|signature|issuer signing key)|csrf(?: \w+)?|wtf csrf enabled|csrf (?:protect|protection|enabled|cookie secure)|check csrf|session cookie (?:secure|httponly|http only)|http only|httponly|secure cookies?|cookie secure|xsrf protection|enable xsrf protection)$/,
    off: FALSE,
    on: TRUE,
    severity: 'ERROR',
  },
  {
    kind: 'authentication',
    name: /^(?:allow (?:anonymous|unauthenticated|guest|no auth)(?: \w+)?|anonymous(?: access)?|skip (?:auth|authentication|login|signature|csrf)(?: \w+)*|disable (?:auth|authentication|csrf|login|token|mfa)(?: \w+)*|no auth|auth disabled|bypass auth(?: \w+)?|ignore expiration|is public|public access)$/,
    off: TRUE,
    severity: 'ERROR',
  },
  {
    kind: 'authentication',
    name: /^(?:algorithms?|alg|allowed algorithms)$/,
    off: /["'](?:none|null)["']/i,
    severity: 'ERROR',
  },
  {
    kind: 'authorization',
    name: /^(?:permission classes|default permission classes|permissions?|authorization|rbac(?: enabled)?|acl enabled|enforce (?:permissions|rbac|acl|policy|authorization)|check (?:permissions?|access|owner\w*)|require (?:admin|role|permission|owner)|admin only|staff only|row level security)$/,
    off: /^(?:false|0|no|off|none|null|nil|\[\]|\(\)|\[?"?(?:\w+\.)*allowany"?,?\]?|"public")$/i,
    severity: 'ERROR',
  },
  {
    kind: 'escaping',
    name: /^(?:auto ?escape|autoescape|(?:html )?escape(?: html)?|sanitizer?(?: \w+)?|sanitise|safe mode|enable sanitizer|redact(?:ion|or)?(?: \w+)?|mask (?:secrets?|sensitive|pii))$/,
    off: FALSE,
    on: TRUE,
    severity: 'ERROR',
  },
  {
    kind: 'escaping',
    name: /^(?:unsafe allow html|allow dangerous html|allow html|raw html|no escape|skip sanitiz\w+|disable escaping|bypass security trust\w*)$/,
    off: TRUE,
    severity: 'ERROR',
  },
  {
    kind: 'validation',
    name: /^(?:validate(?: \w+)*|validation(?: enabled)?|strict(?: mode)?|check (?!hostname|csrf)\w+(?: \w+)*|enforce \w+(?: \w+)*|verify (?:checksum|integrity|hash|digest|hashes|paths?)|whitelist|forbid (?:non whitelisted|unknown \w+)|weights only|integrity check)$/,
    off: FALSE,
    severity: 'WARNING',
  },
  {
    kind: 'validation',
    name: /^(?:skip (?:validat\w+|checks?|verif\w+|integrity)(?: \w+)*|disable (?:validat\w+|checks?)(?: \w+)*|no validate|no verify|allow (?:unknown|any|all)(?: (?:\w+ )?(?:origins?|hosts?|users?|types?|files?|fields?|keys?|args?|arguments?|attributes?|commands?|tools?|paths?|urls?|domains?|extensions?|methods?|headers?|ips?|values?|tags?|schemas?))?|allow pickle|allow dangerous deserialization|ignore errors)$/,
    off: TRUE,
    severity: 'WARNING',
  },
  {
    kind: 'rate-limit',
    name: /^(?:rate limit(?:ing)?(?: enabled)?|enable rate limit\w*|throttl\w+(?: enabled)?|limit enabled|use rate limit\w*|throttle classes|default throttle classes)$/,
    off: /^(?:false|0|no|off|none|null|nil|\[\]|\{\}|\(\)|infinity|float\("inf"\))$/i,
    on: TRUE,
    severity: 'ERROR',
  },
  {
    kind: 'rate-limit',
    name: /^(?:skip rate limit\w*|disable (?:rate limit\w*|throttl\w+)|no (?:rate )?limit|unlimited)$/,
    off: TRUE,
    severity: 'ERROR',
  },
  { kind: 'error-handling', name: /^check$/, off: FALSE, on: TRUE, severity: 'WARNING' },
  {
    kind: 'logging',
    name: /^(?:audit(?: log(?:ging)?)?(?: enabled)?|enable (?:audit|logging|log\w*)(?: \w+)?|log (?:enabled|access|audit)|audit enabled|security log\w*(?: \w+)?|logging enabled|access log(?:s|ging)?(?: enabled)?)$/,
    off: FALSE,
    severity: 'WARNING',
  },
  { kind: 'logging', name: /^(?:disable (?:audit|logging|log\w*)(?: \w+)?|no (?:audit|log\w*))$/, off: TRUE, severity: 'WARNING' },
];

/** Calls that switch a protection off. On the words of the dotted name. */
export const OFF_CALLS: readonly { readonly kind: CheckKind; readonly name: RegExp; readonly severity: Severity }[] = [
  {
    kind: 'tls',
    name: /\b(?:create unverified (?:https )?context|disable warnings|danger accept invalid (?:certs|hostnames)|trust all(?: certs| certificates)?|noop hostname verifier|allow all hostname verifier|insecure channel|with insecure|insecure credentials)\b/,
    severity: 'ERROR',
  },
  { kind: 'authorization', name: /\b(?:permit all|allow any|allow all|anonymous allowed)$/, severity: 'ERROR' },
  {
    kind: 'authentication',
    name: /\b(?:csrf exempt|skip (?:authentication|auth|login|before action|authorization)|csrf disable|allow anonymous|allow unauthenticated|exempt|login exempt|no auth|public route|skip verify authenticity token)$/,
    severity: 'ERROR',
  },
  { kind: 'escaping', name: /\b(?:mark safe|html safe|bypass security trust \w+|safe string|unsafe html|raw html)$/, severity: 'WARNING' },
];

/** Numbers that bound what somebody may do. `smaller`: the smaller, the looser. */
export const LIMITS: readonly {
  readonly kind: CheckKind;
  readonly name: RegExp;
  readonly looser: 'larger' | 'smaller';
  readonly severity: Severity;
}[] = [
  {
    kind: 'rate-limit',
    name: /\b(?:max (?:login |password |auth |failed )?(?:attempts|requests|calls|tries|retries per \w+|per \w+)|(?:rate|request|requests|login|attempt|attempts|daily|hourly) (?:limit|quota|per \w+)|rate|quota|limit per \w+|max rpm|points|lockout threshold|max (?:iterations|steps|turns|tool calls|spend|budget|cost))\b/,
    looser: 'larger',
    severity: 'WARNING',
  },
  {
    kind: 'authentication',
    name: /\b(?:min(?:imum)? (?:password|secret|key) length|(?:password|secret|key) min(?:imum)? length|bcrypt rounds|salt rounds|iterations|work factor|key size|key length|token (?:bytes|length)|n bytes)\b/,
    looser: 'smaller',
    severity: 'WARNING',
  },
  {
    kind: 'authentication',
    name: /\b(?:(?:access |session |token |jwt |cookie |refresh )+(?:token )?(?:ttl|lifetime|expir\w+|max age|timeout|expire minutes|age)|expires in|clock skew|leeway)\b|\b(?:cookies?|session|token|jwt|jwks|auth\w*|csrf|nonce|signature)\b.*\bmax age\b/,
    looser: 'larger',
    severity: 'WARNING',
  },
  {
    kind: 'validation',
    name: /\b(?:max (?:upload |file |body |payload |content |input |request |message |memory )*(?:size|length|bytes|mb|depth|files)|(?:body|upload|size|depth|memory|payload) limit)\b/,
    looser: 'larger',
    severity: 'WARNING',
  },
];
