/**
 * A self-signed certificate for 127.0.0.1 and its key, FOR TESTS ONLY: both are public, so nothing may ever trust them.
 * Valid for 100 years from 2026. Made by
 * `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 -subj "/CN=ringtrue test only"
 * -addext subjectAltName=IP:127.0.0.1 -addext basicConstraints=critical,CA:TRUE`.
 */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBojCCAUigAwIBAgIUUfgA18xi+6jXYvbjprDKabW7TzYwCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwScmluZ3RydWUgdGVzdCBvbmx5MCAXDTI2MTEyMTA1NTQzMVoY
DzIxMjYxMDI4MDU1NDMxWjAdMRswGQYDVQQDDBJyaW5ndHJ1ZSB0ZXN0IG9ubHkw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR8JIez4vch4WE+iVrMuthIuSVKWDTw
5hd6Z6SRp50/MesEtSjYDysCieFOv7brDL+rZbf7moVdSbdKrTss2fvKo2QwYjAd
BgNVHQ4EFgQUyGGsWJM9QjKGy+tiWB0FfONgk5kwHwYDVR0jBBgwFoAUyGGsWJM9
QjKGy+tiWB0FfONgk5kwDwYDVR0RBAgwBocEfwAAATAPBgNVHRMBAf8EBTADAQH/
MAoGCCqGSM49BAMCA0gAMEUCIC6sXve5QjHgLAvk53W4850GovbymTWKWZH0K3rK
I+UYAiEA+dxuaFqK/LhvPIp4u+/Pwb4jrfjfF+eJg24SBKwEh5U=
-----END CERTIFICATE-----
`;

export const privateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgyFYEM27lXUqfbLDN
Q3dzSS89boaPLy7FQZ9qpBzQ7cqhRANCAAR8JIez4vch4WE+iVrMuthIuSVKWDTw
5hd6Z6SRp50/MesEtSjYDysCieFOv7brDL+rZbf7moVdSbdKrTss2fvK
-----END PRIVATE KEY-----
`;

/** The same for the name api.ringtrue.test, which nobody has: `-addext subjectAltName=DNS:api.ringtrue.test`. */
export const namedCertificate = `-----BEGIN CERTIFICATE-----
MIIBrjCCAVWgAwIBAgIUN+cNIRN16X+p4om+R1hmgqZusBAwCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwScmluZ3RydWUgdGVzdCBvbmx5MCAXDTI2MTEyMTA5MzA1N1oY
DzIxMjYxMDI4MDkzMDU3WjAdMRswGQYDVQQDDBJyaW5ndHJ1ZSB0ZXN0IG9ubHkw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASCe2WeeC6M4KimMXtPX3ikgDNhfxQQ
Zx7+GUOz6JbCabpmOKqEuObt1EdqjUBy2B5+GkhNLmMWHg1K7mV8tIY7o3EwbzAd
BgNVHQ4EFgQU5/nYK6MeSYD8VG3q0ahcO5yjUd4wHwYDVR0jBBgwFoAU5/nYK6Me
SYD8VG3q0ahcO5yjUd4wHAYDVR0RBBUwE4IRYXBpLnJpbmd0cnVlLnRlc3QwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiBcn2FzF1trIv+6Kh9OjRmG
EsC4Vxfh0b+ho3yyiiosuAIgYzB9WhR1370kVBouBuD85nKirmH/MiVHe3RjmxJJ
Eo8=
-----END CERTIFICATE-----
`;

export const namedKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgqVOLxjM170qp1CT+
yt75FuLcZhWAs4YioFQcbzI/QYChRANCAASCe2WeeC6M4KimMXtPX3ikgDNhfxQQ
Zx7+GUOz6JbCabpmOKqEuObt1EdqjUBy2B5+GkhNLmMWHg1K7mV8tIY7
-----END PRIVATE KEY-----
`;
