/* SPDX-License-Identifier: Apache-2.0
 * A walk over a dozen rows: cheaper than anything clever. The rows themselves are made by tools/embed.c. */
#include "web/assets.h"

#include <assert.h>

static const Asset *asset_called(Str name)
{
    for (size_t i = 0; i < assets_len; i++)
        if (str_eq(assets_all[i].name, name)) return &assets_all[i];
    return NULL;
}

const Asset *asset_find(Str path)
{
    static const Str folder = STR_INIT("/static/");
    if (!str_starts(path, folder)) return NULL;
    for (size_t i = 0; i < assets_len; i++)
        if (str_eq(assets_all[i].path, path)) return &assets_all[i];
    return asset_called(str_slice(path, folder.len, path.len - folder.len));
}

bool asset_is_fixed(const Asset *asset, Str path)
{
    return str_eq(asset->path, path);
}

Str asset_path(Str name)
{
    const Asset *asset = asset_called(name);
    assert(asset != NULL);
    return asset->path;
}
