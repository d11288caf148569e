import { ActionIcon, Anchor, Group, Menu, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type Icon, IconKeyboard, IconUserCircle } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useReader } from '../i18n'
import { LanguageMenu, PreferenceItems, ThemeMenu } from '../preferences/Preferences'
import { signOut, useViewer } from '../viewer/useViewer'
import { ConnectionState } from './ConnectionState'
import { ControlsContext } from './controls'
import { DemoDay } from './DemoDay'
import { KeysProvider, useHelp } from './keys'
import { PaletteProvider } from './palette'
import classes from './Shell.module.css'
// Its listener must be there before the router's.
import './useLeaveGuard'

/** A link in the bar. */
export interface PageLink {
  readonly to: string
  readonly label: string
  /** The icon that replaces the label on a phone, because the bar there has no room for the label. */
  readonly sign?: Icon | undefined
}

interface Props {
  readonly pages: readonly PageLink[]
  /** Further pages, in the menu of the person. */
  readonly more: readonly PageLink[]
  /** The address of the viewer's account. A wall display has none. */
  readonly account: string | undefined
  /** The viewer's alerts, in the bar. */
  readonly bell: ReactNode
  /** A line below the bar that stays on every page. */
  readonly notice: ReactNode
  /** Called before the viewer signs out. False keeps the viewer signed in. */
  readonly mayLeave: () => boolean
  readonly children: ReactNode
}

/** The thin bar on top of every page, with a place for the page's own controls, and the page below it. */
export function Shell({ pages, more, account, bell, notice, mayLeave, children }: Props) {
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  return (
    <KeysProvider>
      <PaletteProvider>
        <ControlsContext.Provider value={slot}>
          <div className={classes.shell}>
            <Bar slotRef={setSlot} pages={pages} more={more} account={account} bell={bell} mayLeave={mayLeave} />
            <div>{notice}</div>
            <main id="content" className={classes.main} tabIndex={-1}>
              {children}
            </main>
          </div>
        </ControlsContext.Provider>
      </PaletteProvider>
    </KeysProvider>
  )
}

function Bar({
  slotRef,
  pages,
  more,
  account,
  bell,
  mayLeave,
}: Pick<Props, 'pages' | 'more' | 'account' | 'bell' | 'mayLeave'> & { slotRef: (element: HTMLElement | null) => void }) {
  const { t, nameOf } = useReader()
  const viewer = useViewer()
  const help = useHelp()
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false })
  const leave = () => void (mayLeave() && signOut())
  return (
    <header className={classes.bar}>
      <a href="#content" className={classes.skip}>
        {t('shell.skip')}
      </a>
      <Link href="/" className={classes.brand} aria-label={t('shell.product')}>
        <img src="/icon.svg" alt="" width={24} height={24} />
        <span>{t('shell.product')}</span>
      </Link>
      <nav aria-label={t('shell.navigation')} className={classes.pages}>
        {pages.map((page) => (
          <PageAnchor key={page.to} {...page} sign={narrow ? page.sign : undefined} />
        ))}
      </nav>
      <div ref={slotRef} className={classes.controls} />
      <Group gap={6} wrap="nowrap" className={classes.end}>
        {viewer.demo && viewer.role === 'coordinator' && (
          <div className={classes.wide}>
            <DemoDay />
          </div>
        )}
        {viewer.factor !== 'missing' && <ConnectionState />}
        {bell}
        <ActionIcon className={classes.wide} variant="subtle" color="gray" onClick={help} aria-label={t('shell.keys')}>
          <IconKeyboard size={20} />
        </ActionIcon>
        {!narrow && (
          <>
            <LanguageMenu />
            <ThemeMenu />
          </>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('shell.person', { name: nameOf(viewer.name) })}>
              <IconUserCircle size={22} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>
              <bdi>{nameOf(viewer.name)}</bdi>
            </Menu.Label>
            {narrow && <PreferenceItems />}
            {narrow && <Menu.Divider />}
            {more.map(({ to, label }) => (
              <Menu.Item key={to} component={Link} href={to}>
                {label}
              </Menu.Item>
            ))}
            {account && (
              <Menu.Item component={Link} href={account}>
                {t('shell.account')}
              </Menu.Item>
            )}
            <Menu.Item onClick={leave}>{viewer.demo ? t('shell.switchPerson') : t('shell.signOut')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    </header>
  )
}

function PageAnchor({ to, label, sign: Sign }: PageLink) {
  const [location] = useLocation()
  const here = location === to || location.startsWith(`${to}/`)
  return (
    <Anchor
      component={Link}
      href={to}
      className={classes.page}
      aria-current={here ? 'page' : undefined}
      data-here={here || undefined}
      aria-label={Sign && label}
      title={Sign && label}
    >
      {Sign ? (
        <Sign size={20} aria-hidden />
      ) : (
        <Text span size="sm" fw={here ? 600 : 400}>
          {label}
        </Text>
      )}
    </Anchor>
  )
}
