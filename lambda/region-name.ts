/** The shape of an AWS Region's name: `eu-west-1`, `us-gov-east-1`. */
export const REGION_NAME = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
