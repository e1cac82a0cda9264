/** Values of members that are no objects. `texts` is one text or several. */
export type PlainKind =
  | 'text'
  | 'texts'
  | 'url'
  | 'number'
  | 'boolean'
  | 'time'
  | 'date'
  | 'language'
  | 'achievementType'
  | 'identifierType'
  | 'resultStatus'
  | 'resultType'
  | 'targetType'

type ClassName =
  | 'Achievement'
  | 'AchievementSubject'
  | 'Address'
  | 'Alignment'
  | 'Criteria'
  | 'EndorsementSubject'
  | 'Evidence'
  | 'GeoCoordinates'
  | 'IdentifierEntry'
  | 'IdentityObject'
  | 'Image'
  | 'Profile'
  | 'Related'
  | 'Result'
  | 'ResultDescription'
  | 'RubricCriterionLevel'

/** What a member holds: `!` it must be there, `*` it may be several. */
export type MemberKind =
  | PlainKind
  | `${PlainKind}!`
  | `${ClassName}`
  | `${ClassName}!`
  | `${ClassName}*`

/**
 * The classes of Open Badges 3.0 and their members, appendix B. `endorsement` is left out: each one is a credential of its own.
 * Members that are not listed are left to the contexts.
 */
export const badgeClasses: Readonly<Record<ClassName, Readonly<Record<string, MemberKind>>>> = {
  Achievement: {
    id: 'url!',
    name: 'text!',
    description: 'text!',
    criteria: 'Criteria!',
    achievementType: 'achievementType',
    alignment: 'Alignment*',
    creator: 'Profile',
    creditsAvailable: 'number',
    fieldOfStudy: 'text',
    humanCode: 'text',
    image: 'Image',
    inLanguage: 'language',
    otherIdentifier: 'IdentifierEntry*',
    related: 'Related*',
    resultDescription: 'ResultDescription*',
    specialization: 'text',
    tag: 'texts',
    version: 'text',
  },
  AchievementSubject: {
    id: 'url',
    achievement: 'Achievement!',
    activityEndDate: 'time',
    activityStartDate: 'time',
    creditsEarned: 'number',
    identifier: 'IdentityObject*',
    image: 'Image',
    licenseNumber: 'text',
    narrative: 'text',
    result: 'Result*',
    role: 'text',
    source: 'Profile',
    term: 'text',
  },
  Address: {
    addressCountry: 'text',
    addressCountryCode: 'text',
    addressLocality: 'text',
    addressRegion: 'text',
    geo: 'GeoCoordinates',
    postOfficeBoxNumber: 'text',
    postalCode: 'text',
    streetAddress: 'text',
  },
  Alignment: {
    targetName: 'text!',
    targetUrl: 'url!',
    targetCode: 'text',
    targetDescription: 'text',
    targetFramework: 'text',
    targetType: 'targetType',
  },
  Criteria: { id: 'url', narrative: 'text' },
  EndorsementSubject: { id: 'url!', endorsementComment: 'text' },
  Evidence: {
    id: 'url',
    audience: 'text',
    description: 'text',
    genre: 'text',
    name: 'text',
    narrative: 'text',
  },
  GeoCoordinates: { latitude: 'number!', longitude: 'number!' },
  IdentifierEntry: { identifier: 'text!', identifierType: 'identifierType!' },
  IdentityObject: {
    hashed: 'boolean!',
    identityHash: 'text!',
    identityType: 'identifierType!',
    salt: 'text',
  },
  Image: { id: 'url!', caption: 'text' },
  Profile: {
    id: 'url!',
    additionalName: 'text',
    address: 'Address',
    dateOfBirth: 'date',
    description: 'text',
    email: 'text',
    familyName: 'text',
    familyNamePrefix: 'text',
    givenName: 'text',
    honorificPrefix: 'text',
    honorificSuffix: 'text',
    image: 'Image',
    name: 'text',
    official: 'text',
    otherIdentifier: 'IdentifierEntry*',
    parentOrg: 'Profile',
    patronymicName: 'text',
    phone: 'text',
    url: 'url',
  },
  Related: { id: 'url!', inLanguage: 'language', version: 'text' },
  Result: {
    achievedLevel: 'url',
    alignment: 'Alignment*',
    resultDescription: 'url',
    status: 'resultStatus',
    value: 'text',
  },
  ResultDescription: {
    id: 'url!',
    name: 'text!',
    resultType: 'resultType!',
    alignment: 'Alignment*',
    allowedValue: 'texts',
    requiredLevel: 'url',
    requiredValue: 'text',
    rubricCriterionLevel: 'RubricCriterionLevel*',
    valueMax: 'text',
    valueMin: 'text',
  },
  RubricCriterionLevel: {
    id: 'url!',
    name: 'text!',
    alignment: 'Alignment*',
    description: 'text',
    level: 'text',
    points: 'text',
  },
}
