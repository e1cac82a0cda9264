import Type from 'typebox'

// Links for holders, as the API description shows them.

export const linkParams = Type.Object({
  token: Type.String({ description: 'The last part of the link; whoever knows it may read' }),
})
export const shareParams = Type.Object({
  ...linkParams.properties,
  share: Type.String({
    pattern: '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
    description: 'Id of the share',
  }),
})
/** Untrusted: what is none of our languages is passed over. */
export const sheetQuery = Type.Object({
  lang: Type.Optional(
    Type.String({
      maxLength: 35,
      description:
        'The language of the sheet: en, de, fr, es, ar or ja. Else that of the achievement, where it is one of them',
    }),
  ),
})
export const visitQuery = Type.Object({
  visit: Type.Optional(
    Type.String({
      maxLength: 43,
      description: 'What the header rootmark-visit said: the view is not counted again',
    }),
  ),
})

const time = (description: string) => Type.String({ format: 'date-time', description })
const limits = {
  label: Type.Optional(Type.String({ maxLength: 200, description: 'For the holder alone' })),
  endsAt: Type.Optional(time('No end when absent')),
  viewLimit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
}

export const newShareBody = Type.Object(limits, {
  additionalProperties: false,
  examples: [{ label: 'Application to Example Ltd', viewLimit: 5 }],
})
export const newLinkShape = Type.Object({
  id: Type.String({ description: 'Names the link in lists' }),
  url: Type.String({ description: 'The link, told this once' }),
})
const shareShape = Type.Object({
  id: newLinkShape.properties.id,
  ...limits,
  views: Type.Integer({ description: 'How often the credential was fetched by it' }),
  state: Type.Enum(['open', 'ended', 'spent']),
  createdAt: time('When it was made'),
})
export const sharesShape = Type.Object({ shares: Type.Array(shareShape) })
export const linkShape = Type.Object({
  kind: Type.Enum(['holder', 'share']),
  endsAt: limits.endsAt,
  viewLimit: limits.viewLimit,
  viewsLeft: Type.Optional(Type.Integer()),
  corrected: Type.Boolean({
    description: 'Whether the credential was replaced since the link was first made',
  }),
})
