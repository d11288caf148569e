import { ActionIcon, Button, Menu, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react'
import { useReader } from '../i18n'
import { languageNames, languages } from '../i18n/language'

export function LanguageMenu() {
  const { language, setLanguage, t } = useReader()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconLanguage size={18} />}
          aria-label={`${language.toUpperCase()}, ${t('shell.language')}: ${languageNames[language]}`}
        >
          {language.toUpperCase()}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((l) => (
          <Menu.Item key={l} lang={l} onClick={() => setLanguage(l)} fw={l === language ? 700 : undefined}>
            {languageNames[l]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The choices of language and theme as items of another menu, for a bar without room for two menus. */
export function PreferenceItems() {
  const { language, setLanguage, t } = useReader()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <>
      <Menu.Label>{t('shell.language')}</Menu.Label>
      {languages.map((l) => (
        <Menu.Item key={l} lang={l} onClick={() => setLanguage(l)} fw={l === language ? 700 : undefined}>
          {languageNames[l]}
        </Menu.Item>
      ))}
      <Menu.Label>{t('shell.theme')}</Menu.Label>
      {(['light', 'dark', 'auto'] as const).map((scheme) => (
        <Menu.Item key={scheme} onClick={() => setColorScheme(scheme)} fw={scheme === colorScheme ? 700 : undefined}>
          {t(`shell.${scheme}`)}
        </Menu.Item>
      ))}
    </>
  )
}

const schemes = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const

export function ThemeMenu() {
  const { t } = useReader()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const Icon = schemes[colorScheme]
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('shell.theme')}>
          <Icon size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(['light', 'dark', 'auto'] as const).map((scheme) => {
          const Choice = schemes[scheme]
          return (
            <Menu.Item
              key={scheme}
              leftSection={<Choice size={16} />}
              onClick={() => setColorScheme(scheme)}
              fw={scheme === colorScheme ? 700 : undefined}
            >
              {t(`shell.${scheme}`)}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
