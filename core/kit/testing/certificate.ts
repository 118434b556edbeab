/**
 * A self-signed certificate for `pbx.test` and 127.0.0.1, for tests of TLS on loopback. Its key is public by being here;
 * nothing may ever trust it outside a test.
 */
export const testCertificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgqSLUY1lRZc/Mehu4
T3FjcNIQZR0PQ0EGWzs5ZiKOuu+hRANCAAQ3krTzzp27iTSmAx1mla1Lkv+1at1v
dhyyeiQji6A2PMTMfjbH/RzbryyAqFW9qtAZxEFxvLdwspSbahabUy+M
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBmDCCAT6gAwIBAgIUCWZ0mC9VwuWPjwtu3zlMBM7P6jMwCgYIKoZIzj0EAwIw
EzERMA8GA1UEAwwIcGJ4LnRlc3QwIBcNMjYxMTI2MDIwNDI5WhgPMjEyNjExMDIw
MjA0MjlaMBMxETAPBgNVBAMMCHBieC50ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAEN5K0886du4k0pgMdZpWtS5L/tWrdb3YcsnokI4ugNjzEzH42x/0c268s
gKhVvarQGcRBcby3cLKUm2oWm1MvjKNuMGwwHQYDVR0OBBYEFE++xfg6RtNzvJ+h
+L2Rc3n/LP3tMB8GA1UdIwQYMBaAFE++xfg6RtNzvJ+h+L2Rc3n/LP3tMA8GA1Ud
EwEB/wQFMAMBAf8wGQYDVR0RBBIwEIIIcGJ4LnRlc3SHBH8AAAEwCgYIKoZIzj0E
AwIDSAAwRQIhAKUGyXQDsC1MDcvjHdHj+gpclp5vZOoB8E5UzJY4o3nLAiA1xZ0Q
YkmneVS3O7Q83jhksB5jmCtEuWZIl+UVeh9z0A==
-----END CERTIFICATE-----`,
} as const;
