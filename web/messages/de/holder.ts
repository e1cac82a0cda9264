import type { Holder } from '../en/holder.ts'

/** Deutsche Texte der Seite eines Nachweises. */
export const messages: Holder = {
  documentTitle: 'Nachweis · Rootmark',
  title: 'Ein Nachweis',
  titleHolder: 'Ihr Nachweis',
  opening: 'Der Nachweis wird geöffnet …',
  footer:
    'Das Urteil auf dieser Seite entsteht in Ihrem Browser, aus dem Nachweis und der Blockchain. Der Dienst, von dem diese Seite kommt, kann einen Nachweis zurückhalten, aber keinen erfinden.',
  corrected:
    'Der Aussteller hat diesen Nachweis berichtigt: Sie sehen den berichtigten, der ersetzt, was dieser Link vorher zeigte.',
  limits: {
    until: (time: string) => `Der Link gilt bis ${time}.`,
    views: (left: number) => `Noch ${left} Aufrufe.`,
  },
  certificate: {
    standing: {
      valid: 'Eben geprüft: echt und in Kraft',
      trial: 'Eben geprüft: bestanden, in einem Testnetz',
      invalid: 'Eben geprüft: darauf ist kein Verlass',
      indeterminate: 'Konnte nicht vollständig geprüft werden',
    },
    unnamed: 'Die Inhaberin oder der Inhaber',
    awarded: 'wurde verliehen',
    by: 'von',
    accredited: 'Den Namen des Ausstellers hat eine Akkreditierungsstelle eingetragen.',
    stated: 'Der Name des Ausstellers ist dessen eigene Angabe.',
    from: (time: string) => `Zeitraum, wie angegeben: ab ${time}, ohne Ende`,
    between: (from: string, until: string) => `Zeitraum, wie angegeben: ${from} bis ${until}`,
  },
  actions: {
    title: 'Behalten und vorzeigen',
    portfolio: 'In meine Mappe legen',
    pdf: 'Urkunde (PDF)',
    svg: 'Abzeichen (SVG)',
    png: 'Abzeichen (PNG)',
    json: 'Daten (JSON)',
    linkedIn: 'Zu LinkedIn hinzufügen',
    copy: 'Link kopieren',
    print: 'Diese Seite drucken',
    copied: 'Der Link ist kopiert.',
    linkedInMade:
      'Ein Link für LinkedIn ist angelegt; er steht unten in der Liste, und Sie können ihn zurücknehmen. LinkedIn öffnet sich in einem eigenen Fenster.',
  },
  shares: {
    title: 'Links für andere',
    lead: 'Die Adresse dieser Seite gehört Ihnen allein: Mit ihr werden Links angelegt und zurückgenommen. Geben Sie anderen einen eigenen Link.',
    none: 'Noch ist kein Link angelegt.',
    made: 'Der neue Link; er wird nur dieses Mal gezeigt',
    madeTold: 'Der Link ist angelegt. Kopieren Sie ihn jetzt: Er wird nicht noch einmal gezeigt.',
    copy: 'Kopieren',
    revoke: 'Zurücknehmen',
    revoked:
      'Der Link führt nun nirgends mehr hin. Wer den Nachweis gesehen hat, kann ihn behalten haben.',
    unlabelled: (time: string) => `Link vom ${time}`,
    views: (views: number) => `Aufrufe: ${views}.`,
    viewsOf: (views: number, limit: number) => `Aufrufe: ${views} von ${limit}.`,
    until: (time: string) => `Bis ${time}.`,
    revokeNamed: (name: string) => `Zurücknehmen: ${name}`,
    state: {
      open: 'Funktioniert.',
      ended: 'Ist abgelaufen.',
      spent: 'Ist aufgebraucht.',
    },
    form: {
      label: 'Für wen (das sehen nur Sie)',
      labelExample: 'Beispiel GmbH',
      until: 'Letzter Tag (leer: ohne Ende)',
      views: 'Zahl der Aufrufe (leer: unbegrenzt)',
      make: 'Link anlegen',
    },
    own: {
      title: 'Wenn jemand anderes Ihren eigenen Link kennt',
      lead: 'Sie können die Adresse dieser Seite durch eine neue ersetzen. Die alte endet; Links für andere bleiben, wie sie sind.',
      replace: 'Meinen eigenen Link ersetzen …',
      sure: 'Die alte Adresse gilt sofort nicht mehr, auch in Mails und Lesezeichen. Fortfahren?',
      yes: 'Ersetzen',
      no: 'So lassen',
    },
  },
  claim: {
    title: 'Den Link zu Ihrem Nachweis erhalten',
    lead: 'Geben Sie die E-Mail-Adresse ein, die der Aussteller von Ihnen hat. Gehört sie zu diesem Nachweis, ist binnen einer Minute eine Mail mit einem Link unterwegs.',
    email: 'E-Mail-Adresse',
    send: 'Link zusenden',
    sent: 'Wenn der Aussteller diese Adresse hat, ist eine Mail unterwegs. Ihr Link gilt einmal, eine Stunde lang.',
    openTitle: 'Öffnen Sie Ihren Nachweis',
    openLead:
      'Dieser Link aus Ihrer Mail gilt einmal. Sie erhalten einen eigenen Link, den Sie behalten können.',
    open: 'Meinen Nachweis öffnen',
    spent:
      'Dieser einmalige Link wurde benutzt oder ist älter als eine Stunde. Fordern Sie dort, wo Sie ihn angefordert haben, einen neuen an.',
  },
  troubles: {
    gone: {
      headline: 'Dieser Link führt nirgends hin',
      next: 'Er wurde beim Kopieren abgeschnitten, ist abgelaufen, aufgebraucht oder zurückgenommen. Bitten Sie um einen neuen, wo Sie ihn erhalten haben.',
    },
    waiting: {
      headline: 'Noch nicht ganz',
      next: 'Der Nachweis ist ausgestellt, aber noch nicht in der Blockchain verankert. Versuchen Sie es in einigen Minuten wieder.',
    },
    often: {
      headline: 'Zu viele Anfragen',
      next: 'Von Ihrer Adresse kamen zuletzt viele Anfragen. Versuchen Sie es in einer Minute wieder.',
    },
    full: {
      headline: 'Zu viele Links',
      next: 'Es gibt hundert Links für andere, die funktionieren. Nehmen Sie zuerst einen zurück.',
    },
    mailless: {
      headline: 'Hier werden keine Mails verschickt',
      next: 'Dieser Dienst verschickt keine Mails. Bitten Sie den Aussteller um Ihren Link.',
    },
    failed: {
      headline: 'Das hat nicht geklappt',
      next: 'Der Dienst hat nicht wie erwartet geantwortet. Versuchen Sie es gleich noch einmal.',
    },
  },
}
