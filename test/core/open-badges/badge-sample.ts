import type { Json, JsonObject } from '../../../core/canonical.ts'

export const obContext = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
export const escoSkill = 'http://data.europa.eu/esco/skill/2b92a5b2-6758-4ee3-9fb4-b6387a55cc8f'

export function alignment(members: JsonObject = {}): JsonObject {
  return { type: ['Alignment'], targetName: 'analyse data', targetUrl: escoSkill, ...members }
}

/** A badge with every class of Open Badges 3.0 in it. `subject` and `achievement` add to or replace members of these. */
export function badge(
  members: JsonObject = {},
  subject: JsonObject = {},
  achievement: JsonObject = {},
): JsonObject {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', obContext],
    id: 'urn:uuid:6b29fc40-ca47-4067-8c5b-1f9d5e6f0d11',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Welding, level 2',
    issuer: profile('did:web:harbour.example', {
      otherIdentifier: [
        { type: 'IdentifierEntry', identifier: '12345', identifierType: 'sourcedId' },
      ],
      parentOrg: profile('https://state.example'),
      address: {
        type: ['Address'],
        addressCountry: 'Iceland',
        geo: { type: 'GeoCoordinates', latitude: 64.1, longitude: -21.9 },
      },
    }),
    validFrom: '2026-05-01T00:00:00Z',
    credentialSubject: {
      id: 'did:example:ada',
      type: ['AchievementSubject'],
      activityStartDate: '2026-01-01T00:00:00Z',
      creditsEarned: 2.5,
      identifier: [
        { type: 'IdentityObject', hashed: false, identityHash: 'Ada Ito', identityType: 'name' },
      ],
      source: profile('https://school.example'),
      result: [{ type: ['Result'], value: 'A', status: 'Completed', alignment: [alignment()] }],
      achievement: {
        id: 'https://harbour.example/welding-2',
        type: ['Achievement'],
        name: 'Welding, level 2',
        description: 'Welds steel plates in all positions.',
        criteria: { narrative: 'Three test pieces without a flaw.' },
        achievementType: 'MicroCredential',
        alignment: [alignment()],
        creator: profile('https://guild.example'),
        image: image(),
        inLanguage: 'en',
        tag: ['welding', 'steel'],
        related: [{ id: 'https://harbour.example/welding-1', type: ['Related'] }],
        resultDescription: [
          {
            id: 'urn:uuid:5b0a4f1c-6d4e-4c5f-9a53-6a0a4d2f7a10',
            type: ['ResultDescription'],
            name: 'Grade',
            resultType: 'LetterGrade',
            allowedValue: ['A', 'B'],
            rubricCriterionLevel: [
              {
                id: 'urn:uuid:5b0a4f1c-6d4e-4c5f-9a53-6a0a4d2f7a11',
                type: ['RubricCriterionLevel'],
                name: 'Master',
              },
            ],
          },
        ],
        ...achievement,
      },
      ...subject,
    },
    evidence: [{ type: ['Evidence'], id: 'https://harbour.example/photos', genre: 'Photograph' }],
    image: image(),
    ...members,
  }
}

export function endorsement(about: string, members: JsonObject = {}): JsonObject {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', obContext],
    id: 'urn:uuid:6b29fc40-ca47-4067-8c5b-1f9d5e6f0e00',
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'In good standing',
    issuer: profile('did:web:state.example'),
    validFrom: '2026-05-01T00:00:00Z',
    credentialSubject: { id: about, type: ['EndorsementSubject'], endorsementComment: 'Good.' },
    ...members,
  }
}

export function profile(id: string, members: JsonObject = {}): JsonObject {
  return {
    id,
    type: ['Profile'],
    name: 'Harbour College',
    url: 'https://harbour.example',
    ...members,
  }
}

function image(): JsonObject {
  return { id: 'https://harbour.example/badge.png', type: 'Image', caption: 'A torch' }
}

/** A copy in which what stands at a JSON pointer is another value, or nothing. */
export function replaced(
  document: JsonObject,
  pointer: string,
  value: Json | undefined,
): JsonObject {
  const copy = structuredClone(document) as Record<string, unknown>
  const names = pointer.split('/').slice(1)
  const last = names.pop() as string
  const parent = names.reduce<Record<string, unknown>>(
    (object, name) => object[name] as Record<string, unknown>,
    copy,
  )
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return copy as JsonObject
}

/** The pointer of every member in a document, those of objects within it too. */
export function pointersIn(value: unknown, pointer = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => [
    `${pointer}/${name}`,
    ...pointersIn(member, `${pointer}/${name}`),
  ])
}
