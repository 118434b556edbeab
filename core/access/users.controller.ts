import { Controller, Inject } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import { createUser, listUsers, updateUser } from '#core/contract/api/access.ts';
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import { Handles } from '#core/platform/http/handles.ts';
import { userOf } from './users.ts';
import { Users } from './users.service.ts';

@Controller()
export class UsersController {
  constructor(@Inject(Users) private readonly users: Users) {}

  @Handles(listUsers)
  async list(_input: RouteInput<typeof listUsers>, actor: Actor): Promise<RouteOutput<typeof listUsers>> {
    const rows = await this.users.list(actor);
    return { items: rows.map(userOf) };
  }

  @Handles(createUser)
  async create({ body }: RouteInput<typeof createUser>, actor: Actor): Promise<RouteOutput<typeof createUser>> {
    return userOf(await this.users.create(body, actor));
  }

  @Handles(updateUser)
  async update({ params, body }: RouteInput<typeof updateUser>, actor: Actor): Promise<RouteOutput<typeof updateUser>> {
    return userOf(await this.users.update(params.userId, body, actor));
  }
}
