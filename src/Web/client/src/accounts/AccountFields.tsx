import { SimpleGrid, TextInput } from '@mantine/core'
import { useReader } from '../i18n'
import type { Account } from './wire'

/** The name, the user name and the e-mail address of an account, as a person fills them in. */
export interface AccountDraft {
  readonly en: string
  readonly ar: string
  readonly ko: string
  readonly userName: string
  readonly email: string
}

export const blankAccount: AccountDraft = { en: '', ar: '', ko: '', userName: '', email: '' }

export const draftOf = ({ name, userName, email }: Pick<Account, 'name' | 'userName' | 'email'>): AccountDraft => ({
  en: name.en,
  ar: name.ar ?? '',
  ko: name.ko ?? '',
  userName,
  email: email ?? '',
})

export const detailsOf = ({ en, ar, ko, userName, email }: AccountDraft) => ({
  userName: userName.trim(),
  name: { en: en.trim(), ar: ar.trim() || null, ko: ko.trim() || null },
  email: email.trim() || null,
})

/** The names of the fields, as the hub names them in the place of a refusal. */
export const accountFields = ['name', 'userName', 'email']

interface Props {
  readonly draft: AccountDraft
  readonly onChange: (draft: AccountDraft) => void
  /** What is wrong with a field. */
  readonly fault: (name: string) => string | undefined
}

export function AccountFields({ draft, onChange, fault }: Props) {
  const { t } = useReader()
  const field = (name: keyof AccountDraft) => ({
    name,
    value: draft[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => onChange({ ...draft, [name]: event.currentTarget.value }),
    errorProps: { role: 'alert' },
    autoComplete: 'off',
  })
  return (
    <>
      <TextInput
        {...field('en')}
        data-autofocus
        label={t('accounts.nameEn')}
        description={t('accounts.nameHint')}
        required
        maxLength={120}
        dir="auto"
        error={fault('name')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput {...field('ar')} label={t('accounts.nameAr')} maxLength={120} dir="auto" lang="ar" />
        <TextInput {...field('ko')} label={t('accounts.nameKo')} maxLength={120} dir="auto" lang="ko" />
        <TextInput
          {...field('userName')}
          label={t('shell.userName')}
          description={t('accounts.userNameHint')}
          required
          maxLength={64}
          autoCapitalize="none"
          spellCheck={false}
          error={fault('userName')}
        />
        <TextInput
          {...field('email')}
          type="email"
          label={t('accounts.email')}
          description={t('accounts.emailHint')}
          maxLength={254}
          error={fault('email')}
        />
      </SimpleGrid>
    </>
  )
}
