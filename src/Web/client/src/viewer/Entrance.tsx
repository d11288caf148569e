import { Container, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useReader } from '../i18n'
import { LanguageMenu, ThemeMenu } from '../preferences/Preferences'

/** The frame of the pages that people see before they have signed in: the hub's name, the language and the theme. */
export function Entrance({ children }: { children: ReactNode }) {
  const { t } = useReader()
  return (
    <Container size="sm" py="xl" component="main">
      <Group justify="space-between" mb="lg">
        <Group gap="xs">
          <img src="/icon.svg" alt="" width={32} height={32} />
          <Text fw={700}>{t('shell.product')}</Text>
        </Group>
        <Group gap="xs">
          <LanguageMenu />
          <ThemeMenu />
        </Group>
      </Group>
      {children}
    </Container>
  )
}
