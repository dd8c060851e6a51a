using System.Runtime.InteropServices;

using Xunit;

namespace MPilot.Jobs.Hosting.Tests.Support;

/// <summary>The same for a test with cases.</summary>
internal sealed class VipsTheoryAttribute : TheoryAttribute
{
    public VipsTheoryAttribute()
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
