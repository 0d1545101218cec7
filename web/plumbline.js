// SPDX-License-Identifier: Apache-2.0
// Everything works without this file; each module improves markup that is already there.

import "/static/pl-keys.js";
import "/static/pl-menu.js";
import "/static/pl-theme.js";
import "/static/pl-autosave.js";
import "/static/pl-print.js";
import "/static/pl-upload.js";
