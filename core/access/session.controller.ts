import { Controller, Inject, Optional } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import { logIn, logOut, setUp, setUpState, updateMyExtension, whoAmI } from '#core/contract/api/access.ts';
import { HubError } from '#core/contract/errors.ts';
import { rolePermissions } from '#core/contract/permissions.ts';
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import type { Exchange } from '#core/platform/http/exchange.ts';
import { Handles } from '#core/platform/http/handles.ts';
import { SetUp } from './set-up.service.ts';
import { SignIn } from './sign-in.service.ts';
import { userOf } from './users.ts';
import type { UserRow } from './users.ts';
import { Users } from './users.service.ts';

/** Whether the set-up page may offer the demo; true unless the wiring says otherwise. */
export const DEMO_AVAILABLE = Symbol('DEMO_AVAILABLE');

@Controller()
export class SessionController {
  constructor(
    @Inject(SetUp) private readonly firstRun: SetUp,
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(Users) private readonly users: Users,
    @Optional() @Inject(DEMO_AVAILABLE) private readonly demoAvailable: boolean = true,
  ) {}

  @Handles(setUpState)
  async state(): Promise<RouteOutput<typeof setUpState>> {
    return { needed: await this.firstRun.isNeeded(), demoAvailable: this.demoAvailable };
  }

  @Handles(setUp)
  async setUp(
    { body }: RouteInput<typeof setUp>,
    _actor: Actor,
    exchange: Exchange,
  ): Promise<RouteOutput<typeof setUp>> {
    const user = await this.firstRun.complete(body);
    await this.signIn.begin(user.id, exchange);
    return meOf(user);
  }

  @Handles(logIn)
  async logIn(
    { body }: RouteInput<typeof logIn>,
    _actor: Actor,
    exchange: Exchange,
  ): Promise<RouteOutput<typeof logIn>> {
    return meOf(await this.signIn.logIn(body, exchange));
  }

  @Handles(logOut)
  async logOut(_input: RouteInput<typeof logOut>, _actor: Actor, exchange: Exchange): Promise<null> {
    await this.signIn.logOut(exchange);
    return null;
  }

  @Handles(whoAmI)
  async whoAmI(_input: RouteInput<typeof whoAmI>, actor: Actor): Promise<RouteOutput<typeof whoAmI>> {
    if (actor.kind !== 'user') throw new HubError('resource.missing', 'An API key is not a user.');
    return meOf(await this.users.get(actor.tenantId, actor.id));
  }

  @Handles(updateMyExtension)
  async takePhone(
    { body }: RouteInput<typeof updateMyExtension>,
    actor: Actor,
  ): Promise<RouteOutput<typeof updateMyExtension>> {
    return meOf(await this.users.takePhone(body, actor));
  }
}

function meOf(row: UserRow): RouteOutput<typeof whoAmI> {
  return { user: userOf(row), permissions: [...rolePermissions[row.role]] };
}
