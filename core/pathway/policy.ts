/** What becomes of an award when a component is revoked or suspended after it. */
export const awardPolicies = ['award-stands', 'award-suspended', 'award-revoked'] as const
export type AwardPolicy = (typeof awardPolicies)[number]
