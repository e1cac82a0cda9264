import type { Achievement } from '../../core/achievement.ts'

export type Alignment = NonNullable<Achievement['alignment']>[number]

const base = 'http://data.europa.eu/esco/skill/'

/** A small sample of ESCO 1.2 (European Commission), by preferred label; any other skill is named by its URI. */
const escoSample: Readonly<Record<string, string>> = {
  'accept criticism and guidance': '05aa7c09-46e7-433f-a81b-92841f4551e7',
  'adapt to change': '49de9958-2aa4-4eef-a89d-fe5d5bcd28c4',
  'advise others': '045f71e6-0699-4169-8a54-9c6b96f3174d',
  'approach challenges positively': '469748ce-051a-407e-9099-0c9415ac2705',
  'assume responsibility': '199f7919-5114-41b6-b6a5-41e0e4896ec1',
  'calculate probabilities': '1dabb413-18e8-48ed-a963-44978e67ad32',
  'carry out calculations': '19ba11f3-9c99-41fd-a7c9-f77e6a026186',
  'collaborate through digital technologies': '2b34a99f-9813-4c91-9509-b6b9b8c3132e',
  'computer programming': '21d2f96d-35f7-4e3f-9745-c533d2dd6e97',
  'creatively use digital technologies': '1a4cc54f-1e53-442b-a6d2-1682dc8ef8f9',
  'deliver visual presentation of data': '0ed2d4b5-3e1a-4d3a-93b4-3ccd1e3bb4ea',
  'demonstrate curiosity': '429062f1-a958-43ea-83dd-4e1af078c156',
  'develop digital content': '5fd5c985-eaaa-47aa-8314-62359c54505a',
  'digital communication and collaboration': '574257ea-7b64-4100-b7b6-e27c233fe143',
  'digital data processing': '629685b8-5f9e-4522-8cff-b3e2c4ec625a',
  'evaluate data, information and digital content': '1d6c7de4-350e-4868-a47b-333b4b0d9650',
  'evaluate environmental impact of personal behaviour': '2aaad52d-599e-4e77-a681-bbc236825821',
  'exercise self-reflection': '409a0245-0e6c-4aac-ba16-0920ecb76a8d',
  'ICT safety': '426ceaba-6867-481c-bb6b-aee3933da7d2',
  'identify digital competence gaps': '238343b1-7b51-42b3-a9ed-cf24d3a236e7',
  'identify technological needs': '42fcf80d-7b45-40f3-bd2f-5411c4c0dfa0',
  'interact through digital technologies': 'a12057b4-6d11-4a12-ab8e-15a028ef0a6d',
  'manage data, information and digital content': '4d97e3c3-f335-47cc-a4ee-0d779fd42222',
  'manage financial and material resources': '1ddc021d-d818-4731-904f-842d7491f419',
  'manage quality': '35ebe444-9ece-4fbc-a55d-e99ea37267ae',
  'meet commitments': '113b4428-0a31-4199-8496-070af7854b91',
  'perform data analysis': '2b92a5b2-6758-4ee3-9fb4-b6387a55cc8f',
  'perform data cleansing': '47a49cd6-097d-457a-9f7b-c290c14930d5',
  'problem-solving with digital tools': '7e5147d1-60b1-4a68-804b-1f5cb0396b91',
  'protect personal data and privacy': '33a82b83-c838-4889-ae62-fae1317481eb',
  'show initiative': '001115fb-569f-4ee6-8381-c6807ef2527f',
  'solve technical problems': '14832d87-2f2f-4895-b290-e4760ebae42a',
  'think analytically': '4707da90-9cfc-46ca-8de0-38a0b7bfb137',
  'think quickly': '20012caa-b63c-4cb9-b2b8-01a1cfdfc1d1',
  'use e-services': '16a00c69-9c74-4c37-96d7-6301d285e5ce',
}

export const escoLabels: readonly string[] = Object.keys(escoSample)

/** The skill of the sample with this label, whatever its case. */
export function escoSkill(label: string): Alignment | undefined {
  const wanted = label.trim().toLowerCase()
  const name = escoLabels.find((known) => known.toLowerCase() === wanted)
  if (name === undefined) return undefined
  return {
    targetName: name,
    targetUrl: base + escoSample[name],
    targetFramework: 'ESCO',
    targetType: 'ceasn:Competency',
  }
}

/** A skill that the issuer names itself; throws nothing, core checks the URI. */
export function freeSkill(name: string, url: string): Alignment | undefined {
  const [targetName, targetUrl] = [name.trim(), url.trim()]
  if (targetName === '' || !/^[a-z][a-z0-9+.-]*:\S+$/i.test(targetUrl)) return undefined
  const isEsco = targetUrl.startsWith('http://data.europa.eu/esco/')
  return { targetName, targetUrl, ...(isEsco && { targetFramework: 'ESCO' }) }
}

/** A level of the European Qualifications Framework, which is stated as an alignment. */
export function eqfLevel(level: string): Alignment {
  return {
    targetName: `EQF level ${level}`,
    targetUrl: `http://data.europa.eu/snb/eqf/${level}`,
    targetFramework: 'European Qualifications Framework',
    targetCode: level,
  }
}
