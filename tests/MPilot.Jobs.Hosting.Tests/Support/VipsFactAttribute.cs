using System.Runtime.InteropServices;

using Xunit;

namespace MPilot.Jobs.Hosting.Tests.Support;

/// <summary>A test that needs the picture library of the built-in editor, and says so where it is missing.</summary>
internal sealed class VipsFactAttribute : FactAttribute
{
    public VipsFactAttribute()
    {
        if (NativeLibrary.TryLoad("libvips.so.42", out var library))
        {
            NativeLibrary.Free(library);
        }
        else
        {
            Skip = "libvips is not installed.";
        }
    }
}
