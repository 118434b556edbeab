import { Module } from '@nestjs/common';
import { AUTHENTICATOR } from '#core/platform/http/authenticator.ts';
import { ApiKeysController } from './api-keys.controller.ts';
import { ApiKeys } from './api-keys.service.ts';
import { AccessAuthenticator } from './authenticator.service.ts';
import { Passwords } from './passwords.service.ts';
import { PhonesConsumer } from './phones.consumer.ts';
import { Phones } from './phones.service.ts';
import { SessionController } from './session.controller.ts';
import { SessionsStore } from './sessions.store.ts';
import { SetUp } from './set-up.service.ts';
import { SignIn } from './sign-in.service.ts';
import { Tenants } from './tenants.service.ts';
import { ThrottleStore } from './throttle.store.ts';
import { UsersController } from './users.controller.ts';
import { Users } from './users.service.ts';
import { UsersStore } from './users.store.ts';

@Module({
  controllers: [SessionController, UsersController, ApiKeysController],
  providers: [
    UsersStore,
    SessionsStore,
    ThrottleStore,
    Passwords,
    Tenants,
    SetUp,
    SignIn,
    Users,
    ApiKeys,
    Phones,
    PhonesConsumer,
    AccessAuthenticator,
    { provide: AUTHENTICATOR, useExisting: AccessAuthenticator },
  ],
  exports: [AUTHENTICATOR, Tenants, Users, Phones, ApiKeys],
})
export class AccessModule {}
