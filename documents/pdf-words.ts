/** What a certificate says besides what the credential does, in one language. */
export interface SheetWords {
  /** For dates and numbers. */
  readonly locale: string
  readonly isRightToLeft?: true
  readonly kind: string
  /** Stands for a holder whose name is not known. */
  readonly unnamed: string
  /** Stands between the holder and what was achieved. */
  readonly awarded: string
  readonly by: string
  readonly from: string
  readonly until: string
  readonly noEnd: string
  readonly credits: string
  readonly result: string
  readonly skills: string
  readonly check: string
  /** What a sheet is worth, and where it is checked. */
  readonly proves: string
  readonly drop: (address: string) => string
  /** What the code on it is for. */
  readonly carries: string
  readonly leads: string
  readonly carriesAlt: string
  readonly leadsAlt: string
  /** `sign` stands for letters that cannot be drawn. */
  readonly incomplete: (sign: string) => string
  readonly subject: string
  readonly attachment: string
}

const words = {
  en: {
    locale: 'en-GB',
    kind: 'Verifiable credential',
    unnamed: 'The holder',
    awarded: 'has been awarded',
    by: 'by',
    from: 'Valid from',
    until: 'Valid until',
    noEnd: 'no end',
    credits: 'Credits',
    result: 'Result',
    skills: 'Skills',
    check: 'Check it',
    proves:
      'This sheet proves nothing by itself: anybody can draw one. The credential with its proof is attached to this document as a file.',
    drop: (address) =>
      `Drop this PDF on ${address} or on any other check page of Rootmark; npx hardhat check takes it, too.`,
    carries:
      'On paper, the code carries the whole credential: whoever scans it asks the issuer for nothing.',
    leads: 'On paper, the code leads to the credential.',
    carriesAlt: 'A QR code that carries the credential',
    leadsAlt: 'A QR code with a link to the credential',
    incomplete: (sign) =>
      `Some letters of this credential are in none of the fonts here and are shown as ${sign}; the attached file holds them.`,
    subject: 'A verifiable credential; it is attached to this document',
    attachment: 'The credential with its proofs',
  },
  de: {
    locale: 'de-DE',
    kind: 'Überprüfbarer Nachweis',
    unnamed: 'Die Inhaberin oder der Inhaber',
    awarded: 'wurde verliehen',
    by: 'von',
    from: 'Gültig ab',
    until: 'Gültig bis',
    noEnd: 'ohne Ende',
    credits: 'Leistungspunkte',
    result: 'Ergebnis',
    skills: 'Fähigkeiten',
    check: 'Prüfen Sie es',
    proves:
      'Dieses Blatt allein beweist nichts: Zeichnen kann es jeder. Der Nachweis mit seinem Beweis hängt diesem Dokument als Datei an.',
    drop: (address) =>
      `Ziehen Sie dieses PDF auf ${address} oder auf eine andere Prüfseite von Rootmark; auch npx hardhat check nimmt es.`,
    carries:
      'Auf Papier trägt der Code den ganzen Nachweis: Wer ihn scannt, fragt den Aussteller nach nichts.',
    leads: 'Auf Papier führt der Code zum Nachweis.',
    carriesAlt: 'Ein QR-Code, der den Nachweis trägt',
    leadsAlt: 'Ein QR-Code mit einem Link zum Nachweis',
    incomplete: (sign) =>
      `Einige Zeichen dieses Nachweises fehlen in den Schriften hier und stehen als ${sign}; die angehängte Datei enthält sie.`,
    subject: 'Ein überprüfbarer Nachweis; er hängt diesem Dokument an',
    attachment: 'Der Nachweis mit seinen Beweisen',
  },
  fr: {
    locale: 'fr-FR',
    kind: 'Attestation vérifiable',
    unnamed: 'La personne titulaire',
    awarded: 's’est vu décerner',
    by: 'par',
    from: 'Valable à partir du',
    until: 'Valable jusqu’au',
    noEnd: 'sans terme',
    credits: 'Crédits',
    result: 'Résultat',
    skills: 'Compétences',
    check: 'Vérifiez-la',
    proves:
      'Cette feuille ne prouve rien à elle seule : n’importe qui peut en dessiner une. L’attestation et sa preuve sont jointes à ce document, dans un fichier.',
    drop: (address) =>
      `Déposez ce PDF sur ${address} ou sur toute autre page de vérification de Rootmark ; npx hardhat check le lit aussi.`,
    carries:
      'Sur papier, le code porte toute l’attestation : qui le scanne ne demande rien à l’émetteur.',
    leads: 'Sur papier, le code mène à l’attestation.',
    carriesAlt: 'Un code QR qui porte l’attestation',
    leadsAlt: 'Un code QR avec un lien vers l’attestation',
    incomplete: (sign) =>
      `Certains caractères de cette attestation manquent aux polices d’ici et sont remplacés par ${sign} ; le fichier joint les contient.`,
    subject: 'Une attestation vérifiable ; elle est jointe à ce document',
    attachment: 'L’attestation et ses preuves',
  },
  es: {
    locale: 'es-ES',
    kind: 'Credencial verificable',
    unnamed: 'La persona titular',
    awarded: 'ha recibido',
    by: 'de',
    from: 'Válida desde',
    until: 'Válida hasta',
    noEnd: 'sin fin',
    credits: 'Créditos',
    result: 'Resultado',
    skills: 'Competencias',
    check: 'Compruébela',
    proves:
      'Esta hoja no prueba nada por sí sola: cualquiera puede dibujar una. La credencial con su prueba va adjunta a este documento como archivo.',
    drop: (address) =>
      `Suelte este PDF en ${address} o en cualquier otra página de comprobación de Rootmark; npx hardhat check también lo lee.`,
    carries:
      'En papel, el código lleva toda la credencial: quien lo escanea no le pide nada al emisor.',
    leads: 'En papel, el código lleva a la credencial.',
    carriesAlt: 'Un código QR que contiene la credencial',
    leadsAlt: 'Un código QR con un enlace a la credencial',
    incomplete: (sign) =>
      `Algunos caracteres de esta credencial no están en las fuentes de aquí y aparecen como ${sign}; el archivo adjunto los contiene.`,
    subject: 'Una credencial verificable; va adjunta a este documento',
    attachment: 'La credencial con sus pruebas',
  },
  ar: {
    locale: 'ar',
    isRightToLeft: true,
    kind: 'شهادة قابلة للتحقق',
    unnamed: 'صاحب الشهادة',
    awarded: 'مُنح',
    by: 'من',
    from: 'سارية من',
    until: 'سارية حتى',
    noEnd: 'بلا نهاية',
    credits: 'الساعات المعتمدة',
    result: 'النتيجة',
    skills: 'المهارات',
    check: 'تحقق منها',
    proves:
      'هذه الورقة وحدها لا تثبت شيئًا، فأي أحد يستطيع رسم مثلها. الشهادة مع برهانها مرفقة بهذا المستند كملف.',
    drop: (address) =>
      `أفلت ملف PDF هذا في ${address.replace(/\/$/, '')} أو في أي صفحة تحقق أخرى من Rootmark؛ والأمر npx hardhat check يقرؤه أيضًا.`,
    carries: 'على الورق يحمل الرمز الشهادة كلها: من يمسحه لا يسأل جهة الإصدار عن شيء.',
    leads: 'على الورق يقود الرمز إلى الشهادة.',
    carriesAlt: 'رمز QR يحمل الشهادة',
    leadsAlt: 'رمز QR فيه رابط إلى الشهادة',
    incomplete: (sign) =>
      `بعض حروف هذه الشهادة ليست في الخطوط المتاحة هنا وتظهر بالعلامة ${sign}؛ والملف المرفق يحتوي عليها.`,
    subject: 'شهادة قابلة للتحقق، مرفقة بهذا المستند',
    attachment: 'الشهادة مع براهينها',
  },
  ja: {
    locale: 'ja-JP',
    kind: '検証できる証明書',
    unnamed: '保有者',
    awarded: 'は次を授与されました',
    by: '発行者',
    from: '有効期間の開始',
    until: '有効期限',
    noEnd: '期限なし',
    credits: '単位',
    result: '成績',
    skills: 'スキル',
    check: '検証してください',
    proves:
      'この用紙だけでは何の証明にもなりません。誰でも描けるからです。証明書とその証拠は、ファイルとしてこの文書に添付されています。',
    drop: (address) =>
      `この PDF を ${address} か、ほかの Rootmark の検証ページにドロップしてください。npx hardhat check でも読めます。`,
    carries:
      '印刷したものでは、コードに証明書全体が入っています。読み取る人は発行者に何も問い合わせません。',
    leads: '印刷したものでは、コードから証明書を開けます。',
    carriesAlt: '証明書が入った QR コード',
    leadsAlt: '証明書へのリンクの QR コード',
    incomplete: (sign) =>
      `この証明書には、ここにある書体にない文字が含まれており、${sign} で示しています。添付のファイルには含まれています。`,
    subject: '検証できる証明書。この文書に添付されています',
    attachment: '証明書とその証拠',
  },
} as const satisfies Readonly<Record<string, SheetWords>>

export type SheetLanguage = keyof typeof words

/** The first of some language tags that is spoken here, else English. The tags are untrusted. */
export function sheetLanguage(...wishes: readonly (string | undefined)[]): SheetLanguage {
  for (const wish of wishes) {
    const tag = wish?.slice(0, 40).toLowerCase().split('-')[0] ?? ''
    if (Object.hasOwn(words, tag)) return tag as SheetLanguage
  }
  return 'en'
}

export function sheetWords(language: SheetLanguage): SheetWords {
  return words[language]
}
