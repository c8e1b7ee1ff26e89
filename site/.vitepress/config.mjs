import path from 'node:path'
import { fileURLToPath } from 'node:url'

const top = fileURLToPath(new URL('../pages', import.meta.url))
const repository = 'https://github.com/wireline-dev/wireline'

/** Where a file of the repository is on the site. */
function placeOf(file) {
  if (file === 'README.md') return '/'
  if (file === 'CHANGELOG.md') return '/changelog'
  if (file === 'docs/index.md') return '/documents'
  if (file.startsWith('docs/') && file.endsWith('.md')) return '/' + file.slice(5, -3).replace(/\bindex$/, '')
  return `${repository}/blob/main/${file}`
}

/** Links between documents are those of the repository; here they become those of the site. */
function repositoryLinks(md) {
  md.core.ruler.push('repository-links', (state) => {
    const folder = path.dirname(path.relative(top, state.env.realPath ?? state.env.path))
    for (const block of state.tokens) {
      for (const token of block.children ?? []) {
        const href = token.type === 'link_open' && token.attrGet('href')
        if (!href || href.startsWith('#') || href.includes('://')) continue
        const [file, anchor] = href.split('#')
        const place = placeOf(path.posix.join(folder, file))
        token.attrSet('href', anchor ? `${place}#${anchor}` : place)
      }
    }
  })
}

/** The scripts of the test kit: who speaks, and what happens besides. */
const script = {
  name: 'script',
  scopeName: 'source.script',
  patterns: [
    { name: 'keyword.control', match: '^[CS]:' },
    { name: 'entity.name.function', match: '^<[^>]*>' },
    { name: 'variable.parameter', match: '\\{[^}]*\\}' },
    { name: 'comment', match: '^#.*' }
  ]
}

const guide = (text, link) => ({ text, link: `/guide/${link}` })
const http = (text, link) => ({ text, link: `/guide/http/${link}` })
const reference = (text, link) => ({ text, link: `/reference/${link}` })

export default {
  title: 'Wireline',
  description: 'Socket clients to embed in Java programs',
  srcDir: 'pages',
  rewrites: {
    'README.md': 'index.md',
    'CHANGELOG.md': 'changelog.md',
    'docs/index.md': 'documents.md',
    'docs/:rest*': ':rest*'
  },
  cleanUrls: true,
  lastUpdated: false,
  // The Javadoc is put beside the pages afterwards.
  ignoreDeadLinks: [/^\/(api|kit-api)\//],
  markdown: {
    config: repositoryLinks,
    languages: [script],
    theme: { light: 'github-light', dark: 'github-dark' }
  },
  vite: { build: { chunkSizeWarningLimit: 2000 } },
  themeConfig: {
    outline: [2, 3],
    search: { provider: 'local' },
    nav: [
      { text: 'Guide', link: '/guide/getting-started' },
      { text: 'HTTP', link: '/guide/http/' },
      { text: 'Reference', link: '/reference/limits' },
      { text: 'Javadoc', link: '/api/index.html', target: '_self' },
      { text: 'Test kit', link: '/kit-api/index.html', target: '_self' }
    ],
    socialLinks: [{ icon: 'github', link: repository }],
    sidebar: [
      {
        text: 'Start',
        items: [
          { text: 'Wireline', link: '/' },
          guide('Getting started', 'getting-started'),
          { text: 'Choosing', link: '/choosing' },
          { text: 'Coming from another library', link: '/coming-from' },
          { text: 'Questions', link: '/faq' },
          { text: 'All documents', link: '/documents' }
        ]
      },
      {
        text: 'HTTP',
        collapsed: false,
        items: [
          http('By task', ''),
          http('Send', 'send'),
          http('Fetch', 'fetch'),
          http('JSON', 'json'),
          http('Forms and uploads', 'forms'),
          http('Downloads', 'downloads'),
          http('Timeouts', 'timeouts'),
          http('Connections', 'connections'),
          http('Threads and futures', 'async'),
          http('Authentication', 'authentication'),
          http('Cookies', 'cookies'),
          http('Redirects', 'redirects'),
          http('Retries', 'retries'),
          http('Proxies', 'proxies'),
          http('Server-sent events', 'events'),
          http('Caching', 'caching'),
          http('Compression', 'compression'),
          http('Continue and upgrade', 'continue-and-upgrade'),
          http('Links', 'links'),
          http('Steps (interceptors)', 'steps'),
          http('Signing', 'signing'),
          http('Seeing in', 'seeing-in')
        ]
      },
      {
        text: 'Lines and bytes',
        items: [
          guide('Your own protocol', 'your-own-protocol'),
          guide('Staying connected', 'staying-connected'),
          guide('Commands and pushes', 'commands-and-pushes'),
          guide('TLS', 'tls'),
          guide('Datagrams', 'datagrams'),
          guide('Transcripts', 'transcripts'),
          guide('Testing', 'testing'),
          guide('Errors', 'errors'),
          guide('Examples', 'examples')
        ]
      },
      {
        text: 'Protocols',
        items: [
          guide('FTP', 'ftp'),
          guide('Sending mail', 'smtp'),
          guide('POP3', 'pop3'),
          guide('IMAP', 'imap'),
          guide('News (NNTP)', 'nntp'),
          guide('Telnet', 'telnet'),
          guide('TFTP', 'tftp'),
          guide('Small protocols', 'small-protocols'),
          guide('Any URL', 'fetch'),
          guide('The command line', 'command-line')
        ]
      },
      {
        text: 'Around it',
        items: [
          guide('Gradle', 'gradle'),
          guide('Kotlin', 'kotlin'),
          guide('Spring', 'spring'),
          guide('Logging', 'logging'),
          guide('jlink and native images', 'native-image')
        ]
      },
      {
        text: 'Reference',
        items: [
          reference('Limits', 'limits'),
          reference('Versions', 'versions'),
          { text: 'Benchmarks', link: '/benchmarks' },
          { text: 'Security', link: '/SECURITY' },
          { text: 'Changes', link: '/changelog' },
          { text: 'Architecture', link: '/design/architecture' },
          { text: 'Concurrency', link: '/design/concurrency' },
          { text: 'Contributing', link: '/CONTRIBUTING' }
        ]
      }
    ]
  }
}
