import Type, { type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { parseUri, parseWebUrl } from './did.ts'
import { InvalidInputError } from './error.ts'
import { namesOf } from './open-badges/badge-names.ts'

const uriLimit = 2048
/** Characters of a `data:` URL that brings a badge image along. */
export const imageLimit = 32_768

const uri = (description: string) => Type.String({ minLength: 3, maxLength: uriLimit, description })
const text = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, description })
const extension = '^ext:[A-Za-z0-9._-]+$'

/** Open Badges 3.0 `AchievementType`. */
const achievementType = Type.Union([
  Type.Enum([...namesOf.achievementType]),
  Type.String({ pattern: extension }),
])

const alignment = Type.Object(
  {
    targetName: text(400, 'Name of the skill, competency or framework entry'),
    targetUrl: uri('ESCO, CTDL or CASE identifier of the target'),
    targetFramework: Type.Optional(text(200, 'For example ESCO')),
    targetCode: Type.Optional(text(200, 'Code of the target within its framework')),
    targetDescription: Type.Optional(text(4000, 'What the target means')),
    targetType: Type.Optional(
      Type.Union([Type.Enum([...namesOf.targetType]), Type.String({ pattern: extension })]),
    ),
  },
  { additionalProperties: false },
)

const resultDescription = Type.Object(
  {
    id: uri('Identifier that results refer to'),
    name: text(200, 'For example Final grade'),
    resultType: Type.Union([
      Type.Enum([...namesOf.resultType]),
      Type.String({ pattern: extension }),
    ]),
    allowedValue: Type.Optional(
      Type.Array(text(200, 'One value a result may have'), { maxItems: 100 }),
    ),
    requiredValue: Type.Optional(text(200, 'Value needed to pass')),
    valueMax: Type.Optional(text(40, 'Greatest value')),
    valueMin: Type.Optional(text(40, 'Least value')),
  },
  { additionalProperties: false },
)

/** What a batch was awarded for, in the terms of Open Badges 3.0 `Achievement`; `type` members are added when it is issued. */
export const achievementSchema = Type.Object(
  {
    id: Type.Optional(uri('Stable identifier; made up for the batch when absent')),
    name: text(400, 'Name of the achievement'),
    description: text(10_000, 'What the achievement is'),
    criteria: Type.Object(
      {
        id: Type.Optional(uri('Page that says how it is earned')),
        narrative: Type.Optional(text(20_000, 'How it is earned')),
      },
      { additionalProperties: false, description: 'At least one of id and narrative' },
    ),
    achievementType: Type.Optional(achievementType),
    alignment: Type.Optional(Type.Array(alignment, { maxItems: 200 })),
    creditsAvailable: Type.Optional(Type.Number({ minimum: 0, maximum: 100_000 })),
    fieldOfStudy: Type.Optional(text(200, 'Category, subject or area of study')),
    humanCode: Type.Optional(text(100, 'Catalogue code, for example DA-101')),
    image: Type.Optional(
      Type.Object(
        {
          id: Type.String({
            minLength: 3,
            maxLength: imageLimit,
            description: `URL of the badge image: an address of up to ${uriLimit} characters, or a data: URL, which becomes part of every credential`,
          }),
          caption: Type.Optional(text(400, 'What the image shows')),
        },
        { additionalProperties: false },
      ),
    ),
    inLanguage: Type.Optional(
      Type.String({
        pattern: '^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$',
        description: 'BCP 47 tag',
      }),
    ),
    resultDescription: Type.Optional(Type.Array(resultDescription, { maxItems: 50 })),
    specialization: Type.Optional(text(200, 'Name given to the focus of the achievement')),
    tag: Type.Optional(Type.Array(text(100, 'Keyword'), { maxItems: 100 })),
    version: Type.Optional(text(40, 'Version of the achievement')),
  },
  { additionalProperties: false },
)

export type Achievement = Static<typeof achievementSchema>

/** The organisation that makes the claims, in the terms of Open Badges 3.0 `Profile`. */
export const issuerSchema = Type.Object(
  {
    id: Type.Optional(uri('DID of the issuer; did:pkh of its account when absent')),
    name: text(400, 'Name of the organisation'),
    url: uri('Home page'),
    description: Type.Optional(text(4000, 'Who the organisation is')),
    email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
  },
  { additionalProperties: false },
)

export type Issuer = Static<typeof issuerSchema>

const checkAchievement = parserOf(achievementSchema, 'achievement')
const checkIssuer = parserOf(issuerSchema, 'issuer')

/** Throws `InvalidInputError` with the place, for example an achievement without criteria. */
export function parseAchievement(value: unknown, pointer = ''): Achievement {
  const achievement = checkAchievement(value, pointer)
  const { criteria, alignment: targets = [], resultDescription: results = [] } = achievement
  if (criteria.id === undefined && criteria.narrative === undefined) {
    throw new InvalidInputError(
      'criteria_missing',
      'criteria says nothing: give it a narrative, or the id of a page that says how the achievement is earned',
      `${pointer}/criteria`,
    )
  }
  if (achievement.id !== undefined) parseUri(achievement.id, `${pointer}/id`)
  if (criteria.id !== undefined) parseWebUrl(criteria.id, `${pointer}/criteria/id`)
  if (achievement.image) parseImageUrl(achievement.image.id, `${pointer}/image/id`)
  for (const [i, target] of targets.entries())
    parseUri(target.targetUrl, `${pointer}/alignment/${i}/targetUrl`)
  for (const [i, result] of results.entries())
    parseUri(result.id, `${pointer}/resultDescription/${i}/id`)
  return achievement
}

function parseImageUrl(url: string, pointer: string): void {
  if (url.length > uriLimit && !/^data:image\/[a-z.+-]+[;,]/i.test(url)) {
    throw new InvalidInputError(
      'image_url_too_long',
      `${url.length} characters; an address has at most ${uriLimit}, and only an image itself (data:image/…) may have more`,
      pointer,
    )
  }
  parseUri(url, pointer)
}

/** Throws `InvalidInputError` with the place. */
export function parseIssuer(value: unknown, pointer = ''): Issuer {
  const issuer = checkIssuer(value, pointer)
  if (issuer.id !== undefined) parseUri(issuer.id, `${pointer}/id`)
  parseWebUrl(issuer.url, `${pointer}/url`)
  return issuer
}

function parserOf<Schema extends TSchema>(schema: Schema, what: string) {
  const compiled = Compile(schema)
  return (value: unknown, pointer: string): Static<Schema> => {
    if (compiled.Check(value)) return value
    // The compiler reports a refused member twice; the `boolean` entry names its place, the other one says why.
    const errors = compiled.Errors(value)
    const error = errors.find(({ keyword }) => keyword === 'boolean') ?? errors[0]
    const reason =
      error?.keyword === 'boolean' ? 'is not known here; remove or rename it' : error?.message
    throw new InvalidInputError(
      `${what}_malformed`,
      `the ${what} ${reason}`,
      pointer + (error?.instancePath ?? ''),
    )
  }
}
